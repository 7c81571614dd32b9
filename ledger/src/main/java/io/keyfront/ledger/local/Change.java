package io.keyfront.ledger.local;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import java.util.List;

/** One entry of the journal. Accounts are named by number, moments are microseconds. */
sealed interface Change {
  /** The first of an account: its number is the next one. */
  record Opened(int number, AccountId id) implements Change {}

  /** Room was reserved. */
  record Placed(long now, HoldId call, Amount amount, List<Place> places) implements Change {}

  /**
   * Room on one account.
   *
   * @param limits the rates alone: what is reserved depends on no other
   */
  record Place(int account, Limits limits) {}

  /** A call ended. */
  record Settled(
      long now, HoldId call, long admitted, Settlement settlement, List<Integer> accounts)
      implements Change {}

  /** Leases were renewed. */
  record Renewed(long now, HoldId call, List<Integer> accounts) implements Change {}

  /** Leases ran out. */
  record Touched(long now, int account) implements Change {}
}
