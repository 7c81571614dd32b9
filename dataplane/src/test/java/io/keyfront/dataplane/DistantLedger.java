package io.keyfront.dataplane;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger far away: it answers late, and remembers how many questions each call had open. */
final class DistantLedger extends ForwardingLedger {
  private final Duration delay;
  private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  DistantLedger(Ledger near, Duration delay) {
    super(near);
    this.delay = delay;
  }

  /** Questions for room, all told. */
  int asked() {
    return asked.get();
  }

  /** The most that one call ever had open at one time. */
  int mostOpen() {
    return mostOpen.get();
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    AtomicInteger mine = open.computeIfAbsent(request.id().callId(), call -> new AtomicInteger());
    asked.incrementAndGet();
    mostOpen.accumulateAndGet(mine.incrementAndGet(), Math::max);
    CompletableFuture<Admission> told = super.hold(request).toCompletableFuture();
    return told.thenApplyAsync(
        admission -> {
          mine.decrementAndGet();
          return admission;
        },
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
  }
}
