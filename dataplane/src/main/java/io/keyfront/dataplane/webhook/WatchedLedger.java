package io.keyfront.dataplane.webhook;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Standing;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The ledger itself; notes on the way past which accounts to look at. */
final class WatchedLedger implements Ledger {
  private final Ledger ledger;
  private final Touched touched;
  private final BooleanSupplier watching;

  /**
   * @param watching whether any webhook wants to know of budgets; asked for every call
   */
  WatchedLedger(Ledger ledger, Touched touched, BooleanSupplier watching) {
    this.ledger = ledger;
    this.touched = touched;
    this.watching = watching;
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    CompletionStage<Admission> asked = ledger.hold(request);
    if (watching.getAsBoolean()) {
      var _ = asked.thenAccept(this::noteRefusal);
    }
    return asked;
  }

  private void noteRefusal(Admission admission) {
    if (admission instanceof Admission.Denied(Shortage.OverBudget over) && over.left() == 0) {
      touched.refused(over.account());
    }
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    CompletionStage<Void> settled = ledger.settle(hold, settlement);
    if (watching.getAsBoolean() && !settlement.charge().isZero()) {
      // Only when the ledger has it does a look find it.
      var _ = settled.thenRun(() -> hold.accounts().forEach(touched::charged));
    }
    return settled;
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    return ledger.abandon(request);
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    return ledger.renew(open);
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    return ledger.standing(account);
  }

  @Override
  public CompletionStage<Amount> credit(AccountId account, Amount most) {
    return ledger.credit(account, most);
  }

  @Override
  public Duration lease() {
    return ledger.lease();
  }
}
