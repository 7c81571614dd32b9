package io.keyfront.dataplane.cluster.marks;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import io.keyfront.dataplane.cluster.marks.MarkShards.Stored;
import io.keyfront.dataplane.cluster.marks.MarkShards.Wanted;
import io.keyfront.ledger.mark.MarkBytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** One shard as it was last read or written. For one thread. */
final class MarkShard {
  /** As a ConfigMap takes 1 MiB, a third of it for base64, and some for its names. */
  static final int MOST_BYTES = 700 * 1024;

  /** Other proxies may be faster so many times in a row. */
  private static final int MOST_TRIES = 20;

  private final MarkShards store;
  private final int number;
  private final Pruning pruning;
  private String version = "";
  private Map<AccountId, Mark> marks = Map.of();
  private OptionalLong epoch = OptionalLong.empty();
  private boolean read;
  private int bytes;
  private Set<AccountId> pruned = Set.of();

  MarkShard(MarkShards store, int number, Pruning pruning) {
    this.store = store;
    this.number = number;
    this.pruning = pruning;
  }

  Map<AccountId, Mark> marks() {
    return marks;
  }

  OptionalLong epoch() {
    return epoch;
  }

  boolean isRead() {
    return read;
  }

  /** What the last {@link #raise} took out, as it bounds nothing any more. */
  Set<AccountId> pruned() {
    return pruned;
  }

  int number() {
    return number;
  }

  void read() throws IOException {
    take(store.read(number));
  }

  /**
   * Takes over what was read.
   *
   * @throws IllegalArgumentException when it is no marks
   */
  void take(Optional<Stored> found) {
    version = found.map(Stored::version).orElse("");
    marks = found.isPresent() ? MarkBytes.read(found.get().marks()) : Map.of();
    epoch = found.map(Stored::epoch).orElse(OptionalLong.empty());
    bytes = found.map(Stored::marks).orElse(new byte[0]).length;
    read = true;
  }

  /**
   * Writes marks that are higher now.
   *
   * @param raised by the caller, from what it knew
   * @param knew what the caller takes for durable: where the store has another mark, that one is
   *     answered instead, and nothing is raised
   * @param told the ledger's epoch, for the shard that says it
   * @return all marks of the shard, as they are durable
   */
  Map<AccountId, Mark> raise(
      Map<AccountId, Mark> raised, Map<AccountId, Mark> knew, Optional<OptionalLong> told)
      throws IOException {
    pruned = Set.of();
    if (!read) {
      read();
    }
    Set<AccountId> over = prunable(raised, knew);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Map<AccountId, Mark> next = new HashMap<>(marks);
      raised.forEach(
          (account, mark) -> {
            Mark stored = marks.get(account);
            if (stored == null || stored.equals(knew.get(account))) {
              next.put(account, mark);
            }
          });
      // What another proxy raised since is not over.
      over.stream()
          .filter(account -> Objects.equals(marks.get(account), knew.get(account)))
          .forEach(next::remove);
      OptionalLong tells = told.orElse(epoch);
      if ((next.equals(marks) && tells.equals(epoch)) || written(next, tells)) {
        pruned = over.stream().filter(one -> !next.containsKey(one)).collect(Collectors.toSet());
        return marks;
      }
      read();
    }
    throw new IOException("other proxies wrote first, " + MOST_TRIES + " times in a row");
  }

  /**
   * Of all that the caller knows of this shard, so that what another proxy took out is no longer
   * known here either.
   */
  private Set<AccountId> prunable(Map<AccountId, Mark> raised, Map<AccountId, Mark> knew) {
    if (bytes <= MOST_BYTES / 2 || !pruning.isDue()) {
      return Set.of();
    }
    Map<AccountId, Mark> known = new HashMap<>();
    knew.forEach(
        (account, mark) -> {
          if (ClusterMarks.shardOf(account) == number && !raised.containsKey(account)) {
            known.put(account, mark);
          }
        });
    return pruning.look(known);
  }

  private boolean written(Map<AccountId, Mark> next, OptionalLong tells) throws IOException {
    byte[] whole = MarkBytes.of(next);
    if (whole.length > MOST_BYTES) {
      throw new IOException("shard %d is full with %d accounts".formatted(number, marks.size()));
    }
    Optional<String> now = store.write(new Wanted(number, version, whole, tells));
    if (now.isEmpty()) {
      return false;
    }
    version = now.get();
    marks = Map.copyOf(next);
    epoch = tells;
    bytes = whole.length;
    return true;
  }
}
