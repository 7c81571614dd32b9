package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import io.keyfront.ledger.redis.SettleOperation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Settlements added up, where too many wait for the ledger to be kept one by one. One sum for all
 * calls of the same accounts that were admitted in the same hour, so that each window is charged
 * what its calls cost. For use from many threads.
 */
final class Sums {
  /** Sums of other accounts or hours; some 10 MB. */
  static final int MOST = 20_000;

  private static final long HOUR = 3_600_000_000L;

  private final Map<Party, Ending> sums = new ConcurrentHashMap<>();

  /**
   * Whose calls are one sum.
   *
   * @param hour since the epoch: every window begins and ends with one
   * @param sum whether {@link AccountId#EVERYTHING} is counted along
   */
  private record Party(List<AccountId> accounts, Kind kind, long hour, boolean sum) {}

  /**
   * Adds a charge that no hold stands for.
   *
   * @return false where there is no room for one more sum
   */
  boolean add(Ending ending, Amount charge) {
    Party party =
        new Party(ending.accounts(), ending.kind(), ending.admitted() / HOUR, ending.sum());
    return sums.compute(
            party, (same, sum) -> sum == null ? first(ending, charge) : plus(sum, ending, charge))
        != null;
  }

  /** Under a name of its own, which never held anything; null where there is no room. */
  private @Nullable Ending first(Ending ending, Amount charge) {
    return sums.size() >= MOST
        ? null
        : new Ending(
            new HoldId("sum/" + UUID.randomUUID(), 1).unheard(),
            ending.accounts(),
            ending.kind(),
            charge,
            ending.input(),
            ending.output(),
            ending.admitted(),
            ending.sum(),
            Amount.ZERO);
  }

  private static Ending plus(Ending sum, Ending more, Amount charge) {
    return new Ending(
        sum.call(),
        sum.accounts(),
        sum.kind(),
        sum.charge().plus(charge),
        Math.min(Amount.MOST, sum.input() + more.input()),
        Math.min(Amount.MOST, sum.output() + more.output()),
        sum.admitted(),
        sum.sum(),
        Amount.ZERO);
  }

  /** Takes all sums out, to be told. */
  List<Ending> take() {
    List<Ending> taken = new ArrayList<>();
    for (Party party : List.copyOf(sums.keySet())) {
      Ending sum = sums.remove(party);
      if (sum != null) {
        taken.add(sum);
      }
    }
    return taken;
  }

  int size() {
    return sums.size();
  }
}
