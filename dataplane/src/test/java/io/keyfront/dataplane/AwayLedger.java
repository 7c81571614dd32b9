package io.keyfront.dataplane;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Standing;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger that is away for so many requests for room, and then there again. */
final class AwayLedger implements Ledger {
  private final Ledger near;
  private final AtomicInteger away = new AtomicInteger();

  AwayLedger(Ledger near) {
    this.near = near;
  }

  /** The next requests for room are not answered. */
  void leaveFor(int requests) {
    away.set(requests);
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    return away.getAndUpdate(left -> Math.max(0, left - 1)) > 0
        ? CompletableFuture.completedStage(new Admission.Unavailable("The ledger is away."))
        : near.hold(request);
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    return near.settle(hold, settlement);
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    return near.abandon(request);
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    return near.renew(open);
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    return away.get() > 0
        ? CompletableFuture.failedStage(new IllegalStateException("The ledger is away."))
        : near.standing(account);
  }

  @Override
  public CompletionStage<Amount> credit(AccountId account, Amount most) {
    return near.credit(account, most);
  }

  @Override
  public Duration lease() {
    return near.lease();
  }
}
