package io.keyfront.bench;

import com.sun.management.OperatingSystemMXBean;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisSettings;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * What the shared ledger costs this process: CPU time of all its threads for a hold and its
 * settlement, so many calls in flight, and for the renewals of many open streams. Three accounts, a
 * budget, rates and a concurrency limit.
 */
public final class RedisLedgerBench {
  private static final int ROUND = 30_000;
  private static final int ROUNDS = 8;
  private static final int STREAMS = 10_000;
  private static final int RENEWALS = 6;
  private static final Limits TOKEN =
      Limits.of(
              new Budget(
                  OptionalLong.of(Amount.MOST),
                  OptionalLong.empty(),
                  Window.MONTH,
                  OnLedgerLoss.DENY))
          .withRequestsPerMinute(Limits.MOST_PER_MINUTE)
          .withTokensPerMinute(Limits.MOST_PER_MINUTE)
          .withConcurrency(100_000);
  private static final Settlement KNOWN =
      new Settlement.Known(Usage.of(900, 100), new Amount(3_000_000, 1000));
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final RedisLedger ledger;

  private RedisLedgerBench(RedisLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param arguments the URI of a Redis that may be filled
   */
  public static void main(String[] arguments) throws InterruptedException {
    RedisSettings settings = RedisSettings.of(arguments[0]).closing(Duration.ofMillis(1));
    try (RedisLedger redis =
        RedisLedger.connect(settings, Clock.systemUTC(), Marks.none(), news -> {})) {
      RedisLedgerBench bench = new RedisLedgerBench(redis);
      bench.awaitOpen();
      bench.calls(32);
      bench.calls(256);
      bench.renewals();
    }
  }

  /** A Redis that is new takes no budgets before its grace is over. */
  private void awaitOpen() {
    while (!(ledger.hold(request()).toCompletableFuture().join() instanceof Admission.Admitted)) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void calls(int inFlight) throws InterruptedException {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long used = SYSTEM.getProcessCpuTime();
      long started = System.nanoTime();
      round(inFlight);
      double micros = (SYSTEM.getProcessCpuTime() - used) / 1e3 / ROUND;
      double rate = ROUND / ((System.nanoTime() - started) / 1e9);
      best = Math.min(best, micros);
      System.out.printf("%d in flight: %.1f us a call, %.0f calls/s%n", inFlight, micros, rate);
    }
    System.out.printf("%d in flight: best %.1f us a hold and its settlement%n", inFlight, best);
  }

  private void round(int inFlight) throws InterruptedException {
    Semaphore places = new Semaphore(inFlight);
    for (int call = 0; call < ROUND; call++) {
      places.acquire();
      var unused =
          ledger
              .hold(request())
              .thenCompose(told -> ledger.settle(admitted(told), KNOWN))
              .whenComplete((settled, failure) -> places.release());
    }
    places.acquire(inFlight);
  }

  private void renewals() throws InterruptedException {
    List<Hold> open = new ArrayList<>();
    for (int first = 0; first < STREAMS; first += 100) {
      List<Hold> some = new ArrayList<>();
      CountDownLatch held = new CountDownLatch(100);
      for (int stream = 0; stream < 100; stream++) {
        var unused =
            ledger
                .hold(request())
                .thenAccept(
                    told -> {
                      synchronized (some) {
                        some.add(admitted(told));
                      }
                      held.countDown();
                    });
      }
      held.await();
      open.addAll(some);
    }
    for (int renewal = 0; renewal < RENEWALS; renewal++) {
      long used = SYSTEM.getProcessCpuTime();
      ledger.renew(open).toCompletableFuture().join();
      long spent = SYSTEM.getProcessCpuTime() - used;
      long every = ledger.lease().dividedBy(3).toNanos();
      System.out.printf(
          "%d open streams: %.1f ms a renewal, %.2f %% of a core at one every %d s%n",
          STREAMS, spent / 1e6, 100.0 * spent / every, every / 1_000_000_000);
    }
  }

  private static HoldRequest request() {
    return new HoldRequest(
        new HoldId(UUID.randomUUID().toString(), 1),
        List.of(
            new Claim(AccountId.token("default/agent"), TOKEN),
            new Claim(AccountId.credential("default/key"), Limits.NONE),
            new Claim(AccountId.provider("openai"), Limits.NONE)),
        new Amount(5_000_000, 2000),
        Instant.now().plusSeconds(10));
  }

  private static Hold admitted(Admission told) {
    if (told instanceof Admission.Admitted(Hold hold, var headroom)) {
      return hold;
    }
    throw new IllegalStateException("Not admitted: " + told);
  }
}
