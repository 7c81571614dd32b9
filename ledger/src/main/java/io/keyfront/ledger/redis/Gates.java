package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What calls of the script say of each server. Changed on the link's thread, read from any. */
final class Gates {
  private static final long UNKNOWN_EPOCH = -1;

  private final Link link;
  private final Keys keys;

  /** Of all servers but those that have one of their own; null while none was met. */
  private volatile @Nullable Gate common;

  private final Map<Object, Gate> own = new ConcurrentHashMap<>();

  Gates(Link link, Keys keys) {
    this.link = link;
    this.keys = keys;
    this.common = link.slotted() ? null : Gate.OPEN;
  }

  /** What every call of the script says of its server from now on. */
  void enter(Gate next) {
    common = next;
  }

  /** What calls of the script say of this server from now on. */
  void enter(Object server, Gate next) {
    if (server == link) {
      common = next;
    } else {
      own.put(server, next);
    }
  }

  /** These are the only servers. */
  void forgetOthers(Set<Object> servers) {
    own.keySet().retainAll(servers);
  }

  /** Null for a server that was not met. */
  @Nullable Gate of(Object server) {
    return own.isEmpty() ? common : own.getOrDefault(server, common);
  }

  /** The epoch of the server that has an account; one that no server has while it is not known. */
  long epoch(AccountId account) {
    Gate gate = link.slotted() ? of(link.server(keys.of(account))) : common;
    return gate == null ? UNKNOWN_EPOCH : gate.epoch();
  }
}
