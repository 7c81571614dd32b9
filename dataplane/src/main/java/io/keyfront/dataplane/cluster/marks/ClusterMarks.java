package io.keyfront.dataplane.cluster.marks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import io.keyfront.dataplane.cluster.marks.MarkShards.Stored;
import io.keyfront.ledger.mark.Sighting;
import io.keyfront.ledger.mark.WrittenMarks;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The marks of a cluster, which its proxies share: {@value #SHARDS} shards in ConfigMaps of their
 * namespace, so that they outlive every proxy. Needs nothing of the operator.
 *
 * <p>A mark that another proxy raised is not raised further before it was asked for in the ledger:
 * only so is an account that the ledger lost noticed, and charged its mark.
 */
public final class ClusterMarks extends WrittenMarks {
  /** Fixed for ever: an account's shard follows from it. */
  static final int SHARDS = 64;

  /** The shard that says which ledger has heard everything. */
  private static final int FIRST = 0;

  private static final System.Logger LOG = System.getLogger(ClusterMarks.class.getName());

  /** The first pause before another try; each doubles the one before. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final MarkShards store;
  private final List<MarkShard> shards = new ArrayList<>();
  private final String place;
  private OptionalLong epoch = OptionalLong.empty();
  private volatile int unread = SHARDS;
  private volatile String why = "";

  private ClusterMarks(
      MarkShards store, Supplier<Optional<Set<String>>> tokens, InstantSource clock) {
    this.store = store;
    this.place = "the marks in " + store.place();
    for (int shard = 0; shard < SHARDS; shard++) {
      shards.add(new MarkShard(store, shard, new Pruning(tokens, clock)));
    }
  }

  /**
   * Reads what there is; blocks for as long as the API server takes, or the client's time-outs say.
   * Where it cannot be read, budgets wait until it can, and it is tried again and again: no call is
   * admitted without a mark.
   *
   * @param tokens the accounts of all tokens; absent while not all of them are known
   */
  public static ClusterMarks open(
      KubernetesClient client,
      String namespace,
      Supplier<Optional<Set<String>>> tokens,
      InstantSource clock) {
    return open(new ConfigMapShards(client, namespace), tokens, clock);
  }

  static ClusterMarks open(
      MarkShards store, Supplier<Optional<Set<String>>> tokens, InstantSource clock) {
    ClusterMarks marks = new ClusterMarks(store, tokens, clock);
    Map<AccountId, Mark> known = marks.readMissing();
    marks.begin(known, marks.lastSeen());
    if (marks.unread > 0) {
      LOG.log(Level.WARNING, marks.note().orElse(""));
      marks.againAfter(FIRST_PAUSE);
    }
    return marks;
  }

  /**
   * Reads the shards that were not, as far as they can be; those that were read since count too.
   */
  private Map<AccountId, Mark> readMissing() {
    List<MarkShard> missing = shards.stream().filter(shard -> !shard.isRead()).toList();
    try {
      Map<Integer, Stored> stored = missing.isEmpty() ? Map.of() : store.all();
      missing.forEach(shard -> take(shard, Optional.ofNullable(stored.get(shard.number()))));
    } catch (IOException unreachable) {
      why = String.valueOf(unreachable.getMessage());
    }
    Map<AccountId, Mark> known = new HashMap<>();
    missing.forEach(shard -> known.putAll(shard.marks()));
    epoch = epoch.isPresent() ? epoch : shards.get(FIRST).epoch();
    unread = (int) shards.stream().filter(shard -> !shard.isRead()).count();
    return known;
  }

  /** One that is garbled keeps no other from being read. */
  private void take(MarkShard shard, Optional<Stored> stored) {
    try {
      shard.take(stored);
    } catch (IllegalArgumentException garbled) {
      why = String.valueOf(garbled.getMessage());
    }
  }

  private void againAfter(Duration pause) {
    later(pause, () -> again(pause));
  }

  private void again(Duration pause) {
    learn(readMissing());
    if (unread > 0) {
      Duration twice = pause.multipliedBy(2);
      againAfter(twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE);
    } else {
      LOG.log(Level.INFO, "All of {0} are read now.", place);
    }
  }

  /** How many of the {@value #SHARDS} shards could not be read so far. */
  public int unread() {
    return unread;
  }

  /** What people should know; empty while all is well. */
  public Optional<String> note() {
    int missing = unread;
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d shards of %s could not be read yet: calls under the budgets in them are refused until they are, others go on. %s"
                .formatted(missing, SHARDS, place, why));
  }

  /** A new proxy has given no sign of life, but knows which ledger others had told everything. */
  private @Nullable Sighting lastSeen() {
    return epoch.isPresent()
        ? new Sighting(UUID.randomUUID().toString(), epoch.getAsLong(), -1, true)
        : null;
  }

  static int shardOf(AccountId account) {
    return Math.floorMod((account.kind().name() + account.id()).hashCode(), SHARDS);
  }

  @Override
  protected Map<AccountId, Mark> write(Map<AccountId, Mark> raised, @Nullable Sighting seen)
      throws IOException {
    Map<Integer, Map<AccountId, Mark>> byShard = new HashMap<>();
    raised.forEach(
        (account, mark) ->
            byShard.computeIfAbsent(shardOf(account), any -> new HashMap<>()).put(account, mark));
    if (seen != null && !isTold(seen.epoch())) {
      byShard.computeIfAbsent(FIRST, any -> new HashMap<>());
      epoch = OptionalLong.of(seen.epoch());
    }
    Map<AccountId, Mark> durable = new HashMap<>();
    for (Map.Entry<Integer, Map<AccountId, Mark>> each : byShard.entrySet()) {
      Optional<OptionalLong> told = each.getKey() == FIRST ? Optional.of(epoch) : Optional.empty();
      MarkShard shard = shards.get(each.getKey());
      durable.putAll(shard.raise(each.getValue(), durable(), told));
      forget(shard.pruned());
    }
    return durable;
  }

  private boolean isTold(long ledger) {
    OptionalLong stored = shards.get(FIRST).epoch();
    return stored.isPresent() && stored.getAsLong() == ledger;
  }

  @Override
  protected String place() {
    return place;
  }
}
