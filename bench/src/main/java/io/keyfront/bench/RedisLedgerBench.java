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
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What the shared ledger costs this process: CPU time of all its threads for a hold and its
 * settlement, so many calls in flight, with a connection on the asker's loop as a proxy has it and
 * with one on a thread of its own, and for the renewals of many open streams. Three accounts, a
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

  private static final long PAUSE_MILLIS = 10;
  private static final HexFormat HEX = HexFormat.of();

  private final RedisLedger ledger;
  private final EventLoop loop;

  /** On the loop. */
  private int left;

  private final AtomicInteger late = new AtomicInteger();

  private RedisLedgerBench(RedisLedger ledger, EventLoop loop) {
    this.ledger = ledger;
    this.loop = loop;
  }

  /**
   * @param arguments the URI of a Redis that may be filled
   */
  public static void main(String[] arguments) throws InterruptedException {
    RedisSettings settings = RedisSettings.of(arguments[0]).closing(Duration.ofMillis(1));
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    EventLoop loop = ((VertxInternal) vertx).nettyEventLoopGroup().next();
    measure(settings, loop, Optional.of(loop), "its asker's loop");
    measure(settings, loop, Optional.empty(), "a thread of its own");
    vertx.close().await();
  }

  private static void measure(
      RedisSettings settings, EventLoop loop, Optional<EventLoop> shared, String where)
      throws InterruptedException {
    try (RedisLedger redis =
        RedisLedger.connect(settings, Clock.systemUTC(), Marks::none, news -> {}, shared)) {
      RedisLedgerBench bench = new RedisLedgerBench(redis, loop);
      bench.awaitOpen();
      bench.calls(32, where);
      bench.calls(256, where);
      if (shared.isPresent()) {
        bench.renewals();
      }
    }
  }

  /** A Redis that is new takes no budgets before its grace is over. */
  private void awaitOpen() {
    while (!(ledger.hold(request()).toCompletableFuture().join() instanceof Admission.Admitted)) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void calls(int inFlight, String where) throws InterruptedException {
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
    System.out.printf(
        "%d in flight, on %s: best %.1f us a hold and its settlement (%d of %d were not admitted in time)%n",
        inFlight, where, best, late.getAndSet(0), ROUNDS * ROUND);
  }

  /** As a proxy asks: on its loop, and without waiting for settlements. */
  private void round(int inFlight) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(inFlight);
    loop.execute(
        () -> {
          left = ROUND - inFlight;
          for (int place = 0; place < inFlight; place++) {
            call(over);
          }
        });
    over.await();
    while (ledger.unacknowledged() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void call(CountDownLatch over) {
    var unused =
        ledger
            .hold(request())
            .thenAccept(
                told -> {
                  if (loop.inEventLoop()) {
                    told(told, over);
                  } else {
                    loop.execute(() -> told(told, over));
                  }
                });
  }

  private void told(Admission told, CountDownLatch over) {
    if (told instanceof Admission.Admitted(Hold hold, var headroom)) {
      var unused = ledger.settle(hold, KNOWN);
    } else {
      // On a machine that has no time for it; the figure is of little use then.
      late.incrementAndGet();
      var unused = loop.schedule(() -> call(over), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    if (left-- > 0) {
      call(over);
    } else {
      over.countDown();
    }
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
        new HoldId("req_" + HEX.toHexDigits(ThreadLocalRandom.current().nextLong()), 1),
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
