package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Amount;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import io.keyfront.ledger.redis.SettleOperation.Outcome;
import io.netty.util.concurrent.EventExecutor;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps settlements until the ledger has acknowledged them, and repeats them, the longer the longer
 * it is away. At its bound a new one is not kept: its hold is then charged in full when the lease
 * ends, so the budget stays whole and the account may be charged too much; what no hold stands for
 * is added up and told when there is room again.
 */
final class Keeper {
  /** Unacknowledged settlements, some 60 MB at most. */
  static final int MAX_KEPT = 100_000;

  private static final Logger LOG = System.getLogger(Keeper.class.getName());
  private static final int MAX_BATCH = 64;
  private static final long FIRST_MILLIS = 50;
  private static final long LAST_MILLIS = 2_000;

  private final EventExecutor loop;
  private final Pipeline pipeline;
  private final LiveCalls calls;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Sums sums = new Sums();

  /** Those without an answer. On the loop's thread, as all below. */
  private final Deque<SettleOperation> unanswered = new ArrayDeque<>();

  private long backOff = FIRST_MILLIS;
  private boolean scheduled;

  Keeper(EventExecutor loop, Pipeline pipeline, LiveCalls calls) {
    this.loop = loop;
    this.pipeline = pipeline;
    this.calls = calls;
  }

  /** Tells the ledger until it has heard. From any thread. */
  CompletionStage<Outcome> keep(Ending ending) {
    if (open.incrementAndGet() > MAX_KEPT) {
      open.decrementAndGet();
      return CompletableFuture.completedFuture(beyond(ending));
    }
    SettleOperation operation =
        new SettleOperation(
            ending, pipeline.gates().epoch(ending.accounts().getFirst()), this::again);
    pipeline.submitLater(operation);
    return operation
        .done()
        .whenComplete(
            (outcome, failure) -> {
              calls.ended(ending, operation.heard());
              if (open.decrementAndGet() < MAX_KEPT / 2 && sums.size() > 0) {
                sums.take().forEach(this::tell);
              }
            });
  }

  private void tell(Ending sum) {
    var _ = keep(sum);
  }

  /** What a hold covers is charged when its lease ends; the rest becomes part of a sum. */
  private Outcome beyond(Ending ending) {
    Amount uncovered = ending.charge().minusOrZero(ending.held());
    boolean unheard = ending.call().isUnheard();
    boolean covered = uncovered.isZero() && !unheard;
    boolean told = covered || sums.add(ending, uncovered);
    if (told && unheard) {
      return Outcome.COUNTED;
    }
    if (dropped.getAndIncrement() % 10_000 == 0) {
      LOG.log(
          Logger.Level.ERROR,
          "Redis is away and {0} settlements wait for it: more are dropped, and their calls will be"
              + " charged all that they held. {1} were so far.{2}",
          MAX_KEPT,
          dropped.get(),
          told ? "" : " Some held nothing, of more accounts than can be added up: they are lost.");
    }
    return Outcome.FORGOTTEN;
  }

  private void again(SettleOperation operation) {
    unanswered.add(operation);
    schedule();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      var _ = loop.schedule(this::repeat, backOff, TimeUnit.MILLISECONDS);
    }
  }

  /** A batch of settlements alone: a full Redis takes these where it takes no hold. */
  private void repeat() {
    scheduled = false;
    List<SettleOperation> batch = new ArrayList<>();
    while (batch.size() < MAX_BATCH && !unanswered.isEmpty()) {
      SettleOperation next = unanswered.poll();
      if (!next.done().isDone()) {
        batch.add(next);
      }
    }
    if (batch.isEmpty()) {
      backOff = FIRST_MILLIS;
      return;
    }
    backOff = Math.min(LAST_MILLIS, 2 * backOff);
    var _ = batch.getLast().done().thenRun(() -> loop.execute(this::heard));
    pipeline.sendAlone(batch);
  }

  private void heard() {
    backOff = FIRST_MILLIS;
    if (!unanswered.isEmpty() && !scheduled) {
      repeat();
    }
  }

  /** Settlements that are not yet acknowledged, and sums of more. */
  int open() {
    return open.get() + sums.size();
  }

  /** Settlements that were dropped at the bound. */
  long dropped() {
    return dropped.get();
  }
}
