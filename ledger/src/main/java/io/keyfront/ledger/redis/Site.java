package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What one server has of the ledger: all of it, or in a cluster the accounts in its slots. A site
 * of a cluster is named by its lowest slot, which its beat and its opening lie in: so they go with
 * the data, to a replica that takes over too, and all proxies name it alike.
 */
final class Site {
  private final Link link;
  private final Keys keys = new Keys();
  private final String prefix;
  private final String suffix;
  private final String name;

  /** Who has it now. */
  private volatile Object server;

  private Site(Link link, String name, String prefix, String suffix) {
    this.link = link;
    this.name = name;
    this.prefix = prefix;
    this.suffix = suffix;
    this.server = link;
  }

  /** All of the ledger. */
  static Site whole(Link link) {
    return new Site(link, "", "kf:{", "}");
  }

  /** The part whose lowest slot this is. */
  static Site of(Link link, int slot) {
    return new Site(link, String.valueOf(slot), "kf:{" + tag(slot) + "}", "");
  }

  /** Something that hashes to the slot: 16,384 tries on average, a few milliseconds. */
  private static String tag(int slot) {
    int number = 0;
    while (SlotHash.getSlot("s" + number) != slot) {
      number++;
    }
    return "s" + number;
  }

  boolean isWhole() {
    return name.isEmpty();
  }

  /** The lowest slot; empty for all of the ledger. */
  String name() {
    return name;
  }

  Object server() {
    return server;
  }

  void goesTo(Object next) {
    server = next;
  }

  boolean has(AccountId account) {
    return isWhole() || link.server(keys.of(account)).equals(server);
  }

  /** Those that are asked of here: together, or each for itself. */
  List<List<AccountId>> parts(List<AccountId> accounts) {
    return isWhole()
        ? List.of(accounts)
        : accounts.stream().filter(this::has).map(List::of).toList();
  }

  /** What one of its servers is asked of. */
  final class Signs {
    private final String beat;
    private final String opening;

    private Signs(String proxy, long epoch) {
      this.beat = prefix + "beat:" + proxy + suffix;
      this.opening = prefix + "open:" + HexFormat.of().toHexDigits(epoch) + suffix;
    }

    /** What every call says of the server from now on, as far as Redis keeps it. */
    Optional<String> opening() {
      return isWhole() ? Optional.of(opening) : Optional.empty();
    }

    MendOperation look() {
      return MendOperation.beat(this, 0, -1, false);
    }

    /** See {@link MendOperation#beat}. */
    MendOperation beat(long last) {
      return MendOperation.beat(this, last + 1, -1, false);
    }

    /** Closes budgets for a time, where nobody has yet; or again. */
    MendOperation close(Duration grace, boolean again) {
      return MendOperation.beat(this, 0, BatchWriter.micros(grace), again);
    }

    /** Whose slot the operations are in. */
    Object place() {
      return isWhole() ? AccountId.EVERYTHING : beat;
    }

    void write(BatchWriter out) {
      out.key(beat).key(opening);
      if (isWhole()) {
        out.also(AccountId.EVERYTHING);
      } else {
        out.key(opening);
      }
    }
  }

  /**
   * @param proxy named as it is on all sites
   * @param epoch of the server
   */
  Signs signs(String proxy, long epoch) {
    return new Signs(proxy, epoch);
  }
}
