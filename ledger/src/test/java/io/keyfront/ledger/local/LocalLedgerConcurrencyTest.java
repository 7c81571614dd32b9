package io.keyfront.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;

class LocalLedgerConcurrencyTest {
  private static final int THREADS = 8;
  private static final int CALLS = 200;
  private static final long COST = 10;

  /** Room for a quarter of what is asked, given back by every fifth call. */
  private static final long LIMIT = THREADS * CALLS / 4 * COST;

  private final LocalLedger ledger = LocalLedger.inMemory(InstantSource.system());
  private final AtomicLong charged = new AtomicLong();

  @RepeatedTest(50)
  void manyThreadsNeverHoldOrSpendMoreThanTheBudgetAndLoseNothing() throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int name = thread;
        ends.add(
            threads.submit(
                () -> {
                  start.await();
                  work(name);
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }

    assertThat(ledger.inFlight()).isZero();
    assertThat(charged).hasValue(LIMIT);
    for (AccountId account : Calls.ALL) {
      assertThat(Calls.spent(ledger, account)).isEqualTo(LIMIT);
      assertThat(Calls.standing(ledger, account).in(Window.TOTAL).held().isZero()).isTrue();
      assertThat(Calls.standing(ledger, account).totals().requests()).isEqualTo(LIMIT / COST);
    }
  }

  private void work(int thread) {
    Limits limits = Calls.budget(LIMIT);
    for (int call = 0; call < CALLS; call++) {
      String id = thread + "-" + call;
      if (Calls.done(ledger.hold(Calls.request(id, limits, COST)))
          instanceof Admission.Admitted(Hold hold, var headroom)) {
        end(hold, call % 5 == 0);
      }
    }
  }

  /** Each end is told twice. */
  private void end(Hold hold, boolean released) {
    Settlement settlement = released ? new Settlement.Released() : Calls.known(COST);
    ledger.settle(hold, settlement);
    ledger.settle(hold, settlement);
    charged.addAndGet(released ? 0 : COST);
  }
}
