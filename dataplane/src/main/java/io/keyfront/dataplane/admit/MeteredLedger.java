package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The ledger itself, and metrics of it. A ledger that answers at once is not timed: there is
 * nothing to see, and looking at the clock would cost every call.
 */
public final class MeteredLedger extends ForwardingLedger {
  private static final Duration[] MILLIS =
      Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final LongAdder open = new LongAdder();
  private final Counter admitted;
  private final Counter denied;
  private final Counter alone;
  private final Counter unavailable;
  private final Timer latency;
  private volatile boolean answers = true;

  public MeteredLedger(Ledger ledger, MeterRegistry registry) {
    super(ledger);
    this.admitted = outcome(registry, "admitted");
    this.denied = outcome(registry, "denied");
    this.alone = outcome(registry, "alone");
    this.unavailable = outcome(registry, "unavailable");
    this.latency =
        Timer.builder("keyfront.ledger.latency").serviceLevelObjectives(MILLIS).register(registry);
    registry.gauge("keyfront.holds.open", open, LongAdder::sum);
    registry.gauge("keyfront.ledger.up", this, ledgerSeen -> ledgerSeen.answers ? 1 : 0);
  }

  private static Counter outcome(MeterRegistry registry, String outcome) {
    return registry.counter("keyfront.holds", "outcome", outcome);
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    CompletableFuture<Admission> asked = super.hold(request).toCompletableFuture();
    if (asked.isDone()) {
      count(request, asked.join());
      return asked;
    }
    long start = System.nanoTime();
    return asked.thenApply(
        told -> {
          latency.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
          count(request, told);
          return told;
        });
  }

  private void count(HoldRequest request, Admission told) {
    switch (told) {
      case Admission.Admitted(Hold hold, Headroom headroom) -> {
        open.increment();
        // Who stands in for a ledger that is away gives holds of his own.
        boolean own = hold.id().equals(request.id());
        (own ? admitted : alone).increment();
        seen(own);
      }
      case Admission.Denied denial -> {
        denied.increment();
        seen(true);
      }
      case Admission.Unavailable away -> {
        unavailable.increment();
        seen(false);
      }
    }
  }

  /** Reads before it writes: all event loops share the line. */
  private void seen(boolean up) {
    if (answers != up) {
      answers = up;
    }
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    // One of a stand-in was counted when it was given.
    if (hold.id().isUnheard() && !hold.id().isAlone()) {
      alone.increment();
    } else {
      open.decrement();
    }
    return super.settle(hold, settlement);
  }
}
