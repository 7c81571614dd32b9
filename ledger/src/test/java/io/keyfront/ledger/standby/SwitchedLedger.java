package io.keyfront.ledger.standby;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ledger that can be switched off. What it is to be told it hears when it is on again. */
final class SwitchedLedger extends ForwardingLedger {
  private final Queue<Runnable> untold = new ArrayDeque<>();
  private boolean off;

  SwitchedLedger(Ledger ledger) {
    super(ledger);
  }

  synchronized void off() {
    off = true;
  }

  synchronized void on() {
    off = false;
    for (Runnable telling = untold.poll(); telling != null; telling = untold.poll()) {
      telling.run();
    }
  }

  synchronized boolean isOff() {
    return off;
  }

  @Override
  public synchronized CompletionStage<Admission> hold(HoldRequest request) {
    return off
        ? CompletableFuture.completedFuture(new Admission.Unavailable("Switched off."))
        : super.hold(request);
  }

  @Override
  public synchronized CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    if (!off) {
      return super.settle(hold, settlement);
    }
    untold.add(() -> ledger().settle(hold, settlement).toCompletableFuture().join());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> abandon(HoldRequest request) {
    if (!off) {
      return super.abandon(request);
    }
    untold.add(() -> ledger().abandon(request).toCompletableFuture().join());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    return off ? CompletableFuture.completedFuture(Set.of()) : super.renew(open);
  }
}
