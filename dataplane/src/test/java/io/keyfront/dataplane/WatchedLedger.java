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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger far away: it answers late, and remembers how many questions each call had open. */
final class WatchedLedger implements Ledger {
  private final Ledger near;
  private final Duration delay;
  private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  WatchedLedger(Ledger near, Duration delay) {
    this.near = near;
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
    CompletableFuture<Admission> told = near.hold(request).toCompletableFuture();
    return told.thenApplyAsync(
        admission -> {
          mine.decrementAndGet();
          return admission;
        },
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
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
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> holds) {
    return near.renew(holds);
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    return near.standing(account);
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
