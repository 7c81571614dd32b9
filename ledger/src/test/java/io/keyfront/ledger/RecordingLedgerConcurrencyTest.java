package io.keyfront.ledger;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

class RecordingLedgerConcurrencyTest {
  private static final int THREADS = 8;
  private static final int CALLS = 1_000;
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final AccountId SHARED = AccountId.credential("default/env-openai");

  private final RecordingLedger ledger =
      new RecordingLedger(Clock.fixed(NOON, ZoneOffset.UTC), Map.of());

  @RepeatedTest(50)
  void callsOfManyThreadsSumUpExactly() throws Exception {
    together(
        thread -> {
          for (int call = 0; call < CALLS; call++) {
            ledger.settle(hold(thread, call), settlement(call));
          }
        });

    assertThat(totals(AccountId.token("token-3"))).isEqualTo(sum(CALLS));
    assertThat(totals(SHARED)).isEqualTo(sum(THREADS * CALLS));
    assertThat(totals(AccountId.EVERYTHING)).isEqualTo(sum(THREADS * CALLS));
    assertThat(ledger.openHolds()).isZero();
  }

  @RepeatedTest(50)
  void holdThatManyThreadsSettleAtOnceSettlesOnce() throws Exception {
    var holds = IntStream.range(0, CALLS).mapToObj(call -> hold(0, call)).toList();

    together(
        thread -> {
          for (int call = 0; call < CALLS; call++) {
            ledger.settle(holds.get(call), settlement(call));
          }
        });

    assertThat(totals(SHARED)).isEqualTo(sum(CALLS));
    assertThat(totals(AccountId.EVERYTHING)).isEqualTo(sum(CALLS));
    assertThat(ledger.openHolds()).isZero();
  }

  /**
   * Of ten calls one is released and one in doubt; all but the released one used 3 and 2 tokens.
   */
  private static UsageTotals sum(int calls) {
    long counted = calls - calls / 10;
    return new UsageTotals(counted, 3 * counted, 2 * counted, calls / 10, Optional.of(NOON));
  }

  private static Settlement settlement(int call) {
    var usage = Usage.of(3, 2);
    return switch (call % 10) {
      case 0 -> new Settlement.Released();
      case 1 -> new Settlement.InDoubt(usage);
      default -> new Settlement.Known(usage);
    };
  }

  private Hold hold(int thread, int call) {
    var accounts = List.of(AccountId.token("token-" + thread), SHARED);
    var request = new HoldRequest("call-" + thread + "-" + call, 1, accounts, NOON);
    var admission = ledger.hold(request).toCompletableFuture().join();
    return ((Admission.Admitted) admission).hold();
  }

  private UsageTotals totals(AccountId account) {
    return ledger.totals(account).toCompletableFuture().join();
  }

  private static void together(IntConsumer task) throws Exception {
    var start = new CyclicBarrier(THREADS);
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      List<? extends Future<?>> running =
          IntStream.range(0, THREADS)
              .mapToObj(
                  thread ->
                      pool.submit(
                          () -> {
                            start.await(30, SECONDS);
                            task.accept(thread);
                            return thread;
                          }))
              .toList();
      for (Future<?> one : running) {
        one.get(30, SECONDS);
      }
    }
  }
}
