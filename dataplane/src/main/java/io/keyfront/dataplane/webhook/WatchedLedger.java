package io.keyfront.dataplane.webhook;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The ledger itself; notes on the way past which accounts to look at. */
final class WatchedLedger extends ForwardingLedger {
  private final Touched touched;
  private final BooleanSupplier watching;

  /**
   * @param watching whether any webhook wants to know of budgets; asked for every call
   */
  WatchedLedger(Ledger ledger, Touched touched, BooleanSupplier watching) {
    super(ledger);
    this.touched = touched;
    this.watching = watching;
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    CompletionStage<Admission> asked = super.hold(request);
    if (watching.getAsBoolean()) {
      noteSession(request.claims());
      var _ = asked.thenAccept(this::noteRefusal);
    }
    return asked;
  }

  private void noteSession(List<Claim> claims) {
    for (Claim claim : claims) {
      if (claim.account().isSession()) {
        claim.limits().budget().ifPresent(budget -> touched.session(claim.account(), budget));
      }
    }
  }

  private void noteRefusal(Admission admission) {
    if (admission instanceof Admission.Denied(Shortage.OverBudget over) && over.left() == 0) {
      touched.refused(over.account());
    }
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    CompletionStage<Void> settled = super.settle(hold, settlement);
    if (watching.getAsBoolean() && !settlement.charge().isZero()) {
      // Only when the ledger has it does a look find it.
      var _ = settled.thenRun(() -> hold.accounts().forEach(touched::charged));
    }
    return settled;
  }
}
