package io.keyfront.ledger.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.MarkFile;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each conduct of a budget under each trouble of a real Redis. */
class LossMatrixTest {
  private static final long LIMIT = 100_000;

  /** A hundredth of the limit, for calls as small as the first. */
  private static final long SLICE = 1_000;

  private static final long CALL = 250;

  /** What is promised is 250 ms; a busy machine takes its time to notice. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Duration LATER = Duration.ofSeconds(60);
  private static final AccountId TOKEN = AccountId.token("t");

  @TempDir Path home;

  static Stream<Arguments> cells() {
    return Stream.of(OnLedgerLoss.values())
        .flatMap(conduct -> Stream.of(Trouble.values()).map(what -> Arguments.of(conduct, what)));
  }

  /** A proxy whose calls all use what they held. */
  private static final class Proxy implements AutoCloseable {
    private final MarkFile marks;
    private final RedisLedger redis;
    private final StandbyLedger ledger;
    private final Limits limits;
    private long bill;
    private int calls;

    Proxy(Trouble.Scene scene, Path home, OnLedgerLoss conduct) throws IOException {
      marks = MarkFile.open(home);
      redis = RedisLedger.connect(scene.settings(), Clock.systemUTC(), marks, news -> {});
      ledger = new StandbyLedger(redis, Clock.systemUTC());
      limits =
          Limits.of(
              new Budget(OptionalLong.of(LIMIT), OptionalLong.empty(), Window.TOTAL, conduct));
    }

    Admission ask(long nano) {
      HoldRequest request =
          new HoldRequest(
              new HoldId("call-" + ++calls, 1),
              List.of(new Claim(TOKEN, limits)),
              new Amount(nano, 1),
              Instant.now().plusSeconds(5));
      Instant asked = Instant.now();
      Admission told =
          ledger.hold(request).toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
      assertThat(Duration.between(asked, Instant.now())).as("no call hangs").isLessThan(SOON);
      if (told instanceof Admission.Unavailable) {
        var unused = ledger.abandon(request);
      }
      return told;
    }

    /** Asked again while Redis closes its budgets, or is asked for the first time. */
    Hold served(long nano) {
      Hold[] hold = new Hold[1];
      await()
          .atMost(LATER)
          .until(
              () -> {
                if (!(ask(nano) instanceof Admission.Admitted(Hold given, var headroom))) {
                  return false;
                }
                hold[0] = given;
                if (isAlone(given)) {
                  settle(given, 0);
                }
                return !isAlone(given);
              });
      return hold[0];
    }

    /** The ledger is there again, and knows what was spent without it. */
    boolean isOutOfBudget() {
      return switch (ask(1)) {
        case Admission.Admitted(Hold hold, var headroom) -> {
          settle(hold, 0);
          yield false;
        }
        case Admission.Denied denied -> true;
        case Admission.Unavailable unavailable -> false;
      };
    }

    static boolean isAlone(Hold hold) {
      return hold.id().callId().endsWith("/alone");
    }

    /** Nobody waits for it. */
    CompletableFuture<Void> settle(Hold hold, long nano) {
      bill += nano;
      return ledger
          .settle(hold, new Settlement.Known(Usage.of(1, 0), new Amount(nano, 1)))
          .toCompletableFuture();
    }

    /** A busy machine may make Redis look away. */
    WindowSpend standing() {
      return await()
          .atMost(LATER)
          .ignoreExceptions()
          .until(
              () -> redis.standing(TOKEN).toCompletableFuture().get(5, TimeUnit.SECONDS),
              told -> true)
          .in(Window.TOTAL);
    }

    @Override
    public void close() {
      ledger.close();
      redis.close();
      marks.close();
    }
  }

  @ParameterizedTest(name = "{0} while Redis is {1}")
  @MethodSource("cells")
  void conductIsAsSaidAndEverythingIsCountedAfterwards(OnLedgerLoss conduct, Trouble trouble)
      throws IOException {
    try (Trouble.Scene scene = trouble.scene();
        Proxy proxy = new Proxy(scene, home, conduct)) {
      proxy.settle(proxy.served(100), 100);
      if (conduct == OnLedgerLoss.LEASE) {
        await().atMost(LATER).until(() -> proxy.standing().held().nanoUsd() == SLICE);
      }
      Hold underWay = proxy.served(300);

      scene.begin();
      CompletableFuture<Void> told = proxy.settle(underWay, 200);
      whileAway(proxy, conduct);
      scene.end();

      afterwards(proxy, conduct);
      assertThat(told).succeedsWithin(LATER);
      proxy.ledger.close();
      await().atMost(LATER).until(() -> proxy.standing().held().isZero());
      assertCounted(proxy, conduct, trouble);
    }
  }

  private static void whileAway(Proxy proxy, OnLedgerLoss conduct) {
    switch (conduct) {
      case DENY -> {
        assertThat(proxy.ask(CALL)).isInstanceOf(Admission.Unavailable.class);
        assertThat(proxy.ask(CALL)).isInstanceOf(Admission.Unavailable.class);
      }
      case LEASE -> {
        for (long used = 0; used < SLICE; used += CALL) {
          serveAlone(proxy, CALL);
        }
        assertThat(proxy.ask(CALL)).isInstanceOf(Admission.Unavailable.class);
      }
      case ALLOW -> {
        for (int call = 0; call < 3; call++) {
          serveAlone(proxy, LIMIT / 2);
        }
      }
    }
  }

  private static void afterwards(Proxy proxy, OnLedgerLoss conduct) {
    switch (conduct) {
      case DENY, LEASE -> proxy.settle(proxy.served(100), 100);
      case ALLOW -> await().atMost(LATER).until(() -> proxy.isOutOfBudget());
    }
  }

  private static void serveAlone(Proxy proxy, long nano) {
    Admission told = proxy.ask(nano);
    assertThat(told).isInstanceOf(Admission.Admitted.class);
    Hold hold = ((Admission.Admitted) told).hold();
    assertThat(Proxy.isAlone(hold)).as("served without the ledger").isTrue();
    proxy.settle(hold, nano);
  }

  /** Marks may charge more than was used, where Redis lost data; never less, nor beyond. */
  private static void assertCounted(Proxy proxy, OnLedgerLoss conduct, Trouble trouble) {
    await()
        .atMost(LATER)
        .untilAsserted(
            () ->
                assertThat(proxy.standing().spent().nanoUsd()).isGreaterThanOrEqualTo(proxy.bill));
    long spent = proxy.standing().spent().nanoUsd();
    switch (trouble) {
      case STOPPED, PAUSED, SLOW, REFUSING -> assertThat(spent).isEqualTo(proxy.bill);
      case FAILING_OVER, RESTARTED_EMPTY -> assertThat(spent).isGreaterThanOrEqualTo(proxy.bill);
    }
    switch (conduct) {
      case DENY, LEASE -> assertThat(spent).isLessThanOrEqualTo(LIMIT);
      case ALLOW -> assertThat(spent).isGreaterThan(LIMIT);
    }
  }
}
