package io.keyfront.dataplane;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Standing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger that is away for so many requests for room, and then there again. */
final class AwayLedger extends ForwardingLedger {
  private final AtomicInteger away = new AtomicInteger();

  AwayLedger(Ledger near) {
    super(near);
  }

  /** The next requests for room are not answered. */
  void leaveFor(int requests) {
    away.set(requests);
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    return away.getAndUpdate(left -> Math.max(0, left - 1)) > 0
        ? CompletableFuture.completedStage(new Admission.Unavailable("The ledger is away."))
        : super.hold(request);
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    return away.get() > 0
        ? CompletableFuture.failedStage(new IllegalStateException("The ledger is away."))
        : super.standing(account);
  }
}
