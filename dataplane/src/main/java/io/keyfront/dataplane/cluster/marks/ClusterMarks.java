package io.keyfront.dataplane.cluster.marks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import io.keyfront.ledger.mark.Sighting;
import io.keyfront.ledger.mark.WrittenMarks;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
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

  private final List<MarkShard> shards = new ArrayList<>();
  private final String place;
  private OptionalLong epoch = OptionalLong.empty();

  private ClusterMarks(MarkShards store) {
    this.place = "the marks in " + store.place();
    for (int shard = 0; shard < SHARDS; shard++) {
      shards.add(new MarkShard(store, shard));
    }
  }

  /**
   * Reads what there is; blocks for as long as the API server takes, or the client's time-outs say.
   * Where it cannot be read, budgets wait until it can: no call is admitted without a mark.
   */
  public static ClusterMarks open(KubernetesClient client, String namespace) {
    return open(new ConfigMapShards(client, namespace));
  }

  static ClusterMarks open(MarkShards store) {
    ClusterMarks marks = new ClusterMarks(store);
    Map<AccountId, Mark> known = new HashMap<>();
    try {
      for (MarkShard shard : marks.shards) {
        shard.read();
        known.putAll(shard.marks());
      }
      marks.epoch = marks.shards.get(FIRST).epoch();
    } catch (IOException | IllegalArgumentException unreadable) {
      LOG.log(
          Level.WARNING,
          "{0} cannot be read. Budgets are refused until they can: {1}",
          marks.place,
          unreadable.getMessage());
    }
    marks.begin(known, marks.lastSeen());
    return marks;
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
      durable.putAll(shards.get(each.getKey()).raise(each.getValue(), durable(), told));
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
