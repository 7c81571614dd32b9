package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RedisLedgerTest {
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static RedisProcess redis;

  private RedisLedger ledger;
  private final AccountId token = AccountId.token("token-" + CALLS.incrementAndGet());
  private final AccountId credential = AccountId.credential("credential-" + CALLS.get());

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.started();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    ledger =
        RedisLedger.connect(
            RedisSettings.of(redis.uri()), Clock.systemUTC(), Marks.none(), news -> {});
  }

  @AfterEach
  void disconnect() {
    ledger.close();
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  static Limits usd(long nano) {
    return Limits.of(
        new Budget(OptionalLong.of(nano), OptionalLong.empty(), Window.TOTAL, OnLedgerLoss.DENY));
  }

  static HoldId call() {
    return new HoldId("call-" + CALLS.incrementAndGet(), 1);
  }

  private HoldRequest request(Limits limits, long nano) {
    return new HoldRequest(
        call(),
        List.of(new Claim(token, limits), new Claim(credential, Limits.NONE)),
        new Amount(nano, 100),
        Instant.now().plusSeconds(5));
  }

  private Hold admitted(HoldRequest request) {
    return ((Admission.Admitted) done(ledger.hold(request))).hold();
  }

  @Test
  void whatIsUsedIsChargedToEveryAccountAndToTheSumOfAll() {
    Amount before = done(ledger.standing(AccountId.EVERYTHING)).in(Window.TOTAL).spent();
    Hold hold = admitted(request(usd(1000), 600));

    done(ledger.settle(hold, new Settlement.Known(Usage.of(60, 40), new Amount(500, 100))));

    for (AccountId account : hold.accounts()) {
      Standing standing = done(ledger.standing(account));
      assertThat(standing.in(Window.DAY).spent()).isEqualTo(new Amount(500, 100));
      assertThat(standing.in(Window.DAY).held()).isEqualTo(Amount.ZERO);
      assertThat(standing.totals().inputTokens()).isEqualTo(60);
    }
    assertThat(done(ledger.standing(AccountId.EVERYTHING)).in(Window.TOTAL).spent())
        .isEqualTo(before.plus(new Amount(500, 100)));
  }

  @Test
  void aRequestWhoseDeadlineIsOverReservesNothing() {
    done(ledger.standing(token));
    HoldRequest late =
        new HoldRequest(
            call(),
            List.of(new Claim(token, usd(1000))),
            new Amount(1, 1),
            Instant.now().minusMillis(200));

    assertThat(done(ledger.hold(late))).isInstanceOf(Admission.Denied.class);
    assertThat(done(ledger.standing(token)).inFlight()).isZero();
  }

  @Test
  void aForgottenScriptIsLoadedAgain() {
    admitted(request(usd(1000), 100));
    redis.ask(connection -> connection.sync().scriptFlush());

    admitted(request(usd(1000), 100));

    assertThat(done(ledger.standing(token)).in(Window.TOTAL).held())
        .isEqualTo(new Amount(200, 200));
  }

  @RepeatedTest(20)
  void callsOfManyThreadsTogetherNeverExceedTheBudget() {
    AtomicInteger room = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        threads.execute(
            () -> {
              if (done(ledger.hold(request(usd(1000), 30))) instanceof Admission.Admitted) {
                room.incrementAndGet();
              }
            });
      }
    }
    assertThat(room).hasValue(33);
    assertThat(done(ledger.standing(token)).in(Window.TOTAL).held().nanoUsd()).isEqualTo(990);
  }
}
