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
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisProcess;
import io.keyfront.ledger.redis.RedisSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandbyLedgerTest {
  /** Of a limit of 100,000 nano-USD, for calls of at most 250. */
  private static final long SLICE = 1_000;

  private static RedisProcess server;

  private final AccountId token = AccountId.token(UUID.randomUUID().toString());
  private final AccountId other = AccountId.provider(UUID.randomUUID().toString());
  private volatile Duration ahead = Duration.ZERO;
  private RedisLedger redis;
  private SwitchedLedger shared;
  private StandbyLedger ledger;
  private int calls;

  @BeforeAll
  static void startRedis() {
    server = RedisProcess.started();
  }

  @AfterAll
  static void stopRedis() {
    server.close();
  }

  @BeforeEach
  void connect() {
    connect("");
  }

  private void connect(String options) {
    redis =
        RedisLedger.connect(
            RedisSettings.of(server.uri() + options), Clock.systemUTC(), Marks.none(), news -> {});
    shared = new SwitchedLedger(redis);
    ledger = new StandbyLedger(shared, () -> Instant.now().plus(ahead));
  }

  @AfterEach
  void disconnect() {
    ledger.close();
    redis.close();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  static Limits usd(long nano, Window window, OnLedgerLoss mode) {
    return Limits.of(new Budget(OptionalLong.of(nano), OptionalLong.empty(), window, mode));
  }

  private static Limits leased() {
    return usd(100_000, Window.TOTAL, OnLedgerLoss.LEASE);
  }

  private Admission ask(Limits limits, long nano) {
    return ask(limits, Limits.NONE, nano);
  }

  private Admission ask(Limits limits, Limits others, long nano) {
    return done(
        ledger.hold(
            new HoldRequest(
                new HoldId("call-" + ++calls, 1),
                List.of(new Claim(token, limits), new Claim(other, others)),
                new Amount(nano, 1),
                Instant.now().plusSeconds(5))));
  }

  private Hold held(Limits limits, long nano) {
    Admission told = ask(limits, nano);
    assertThat(told).isInstanceOf(Admission.Admitted.class);
    return ((Admission.Admitted) told).hold();
  }

  private void settle(Hold hold, long nano) {
    done(ledger.settle(hold, new Settlement.Known(Usage.of(1, 0), new Amount(nano, 1))));
  }

  private WindowSpend standing() {
    return done(redis.standing(token)).in(Window.TOTAL);
  }

  /** A first call, after which the budget has its slice. */
  private void takeSlice() {
    settle(held(leased(), 100), 10);
    await().until(() -> standing().held().nanoUsd() == SLICE);
  }

  @Test
  void aLeasedBudgetGoesOnFromItsSliceAndIsChargedWhatWasUsed() {
    takeSlice();
    shared.off();
    settle(held(leased(), 200), 30);
    settle(held(leased(), 200), 40);
    shared.on();
    settle(held(leased(), 100), 5);

    await().until(() -> standing().held().nanoUsd() == 0);
    assertThat(standing().spent().nanoUsd()).isEqualTo(10 + 30 + 40 + 5);
    assertThat(done(redis.standing(other)).in(Window.TOTAL).spent().nanoUsd())
        .as("what has no slice is told call by call")
        .isEqualTo(10 + 30 + 40 + 5);
  }

  @Test
  void noMoreIsSpentThanTheSlice() {
    takeSlice();
    shared.off();
    long spent = 0;
    for (int call = 0; call < 4; call++) {
      settle(held(leased(), 250), 250);
      spent += 250;
    }

    assertThat(spent).isEqualTo(SLICE);
    assertThat(ask(leased(), 1))
        .isInstanceOfSatisfying(
            Admission.Unavailable.class, no -> assertThat(no.detail()).contains("slice"));
  }

  @Test
  void callsInFlightHoldTheirPartOfTheSlice() {
    takeSlice();
    shared.off();
    Hold first = held(leased(), 900);

    assertThat(ask(leased(), 200)).isInstanceOf(Admission.Unavailable.class);
    settle(first, 100);
    assertThat(ask(leased(), 200)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aSliceIsNotSettledWhileACallUsesIt() {
    takeSlice();
    shared.off();
    Hold alone = held(leased(), 500);
    shared.on();
    settle(held(leased(), 100), 1);
    ledger.tick();

    assertThat(standing().held().nanoUsd()).isEqualTo(SLICE);
    settle(alone, 400);
    await().until(() -> standing().held().nanoUsd() == 0);
    assertThat(standing().spent().nanoUsd()).isEqualTo(10 + 1 + 400);
  }

  @Test
  void withoutASliceALeasedBudgetIsUnavailable() {
    shared.off();

    assertThat(ask(leased(), 1)).isInstanceOf(Admission.Unavailable.class);
  }

  @Test
  void oneBudgetThatDeniesRefusesTheCall() {
    takeSlice();
    shared.off();
    Limits denying = usd(100_000, Window.TOTAL, OnLedgerLoss.DENY);

    assertThat(ask(leased(), denying, 1)).isInstanceOf(Admission.Unavailable.class);
    assertThat(ask(leased(), 1)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void whereItIsAllowedCallsGoOnUnderTheirRates() {
    shared.off();
    Limits allowed = usd(1, Window.TOTAL, OnLedgerLoss.ALLOW).withRequestsPerMinute(2);

    held(allowed, 1_000);
    held(allowed, 1_000);
    assertThat(ask(allowed, 1_000))
        .isInstanceOfSatisfying(
            Admission.Denied.class,
            no -> assertThat(no.shortage()).isInstanceOf(Shortage.Requests.class));
  }

  @Test
  void whatWasAllowedIsToldToTheLedgerWhenItIsBack() {
    shared.off();
    settle(held(usd(1, Window.TOTAL, OnLedgerLoss.ALLOW), 1_000), 700);
    shared.on();

    assertThat(standing().spent().nanoUsd()).isEqualTo(700);
  }

  @Test
  void aSliceOfAWindowThatIsOverIsNotSpent() {
    Limits hourly = usd(100_000, Window.HOUR, OnLedgerLoss.LEASE);
    settle(held(hourly, 100), 10);
    await().until(() -> standing().held().nanoUsd() == SLICE);
    shared.off();
    ahead = Duration.ofMinutes(61);

    assertThat(ask(hourly, 1)).isInstanceOf(Admission.Unavailable.class);
  }

  @Test
  void aCallThatNeedsWhatASpareSliceReservesGetsIt() {
    takeSlice();

    settle(held(leased(), 99_900), 50_000);
    assertThat(standing().spent().nanoUsd()).isEqualTo(50_010);
  }

  /** A concurrency of the default limits, which every token has. */
  @Test
  void aSliceIsNoCallUnderAConcurrencyLimit() {
    takeSlice();
    Limits one = leased().withConcurrency(1);

    Hold hold = held(one, 100);
    assertThat(ask(one, 100))
        .isInstanceOfSatisfying(
            Admission.Denied.class,
            no -> assertThat(no.shortage()).isInstanceOf(Shortage.Concurrency.class));
    assertThat(done(redis.standing(token)).inFlight()).isEqualTo(1);
    settle(hold, 10);
  }

  @Test
  void aSliceThatNobodyWantsGoesBack() {
    takeSlice();
    ahead = Slices.IDLE.plusSeconds(1);
    ledger.tick();

    await().until(() -> standing().held().nanoUsd() == 0);
    assertThat(standing().spent().nanoUsd()).isEqualTo(10);
  }

  @Test
  void aSliceOfAProxyThatDiesIsSpent() {
    disconnect();
    connect("?lease=3s");
    takeSlice();
    shared.off(); // its renewals reach nobody any more

    await().until(() -> standing().held().nanoUsd() == 0);
    assertThat(standing().spent().nanoUsd()).isEqualTo(10 + SLICE);
  }

  @Test
  void aSliceThatWasChargedInFullMeanwhileIsCorrected() {
    disconnect();
    connect("?lease=3s");
    takeSlice();
    shared.off();
    settle(held(leased(), 200), 30);
    await().until(() -> standing().spent().nanoUsd() == 10 + SLICE);
    shared.on();
    settle(held(leased(), 100), 5);

    await().until(() -> standing().spent().nanoUsd() == 10 + 30 + 5);
  }

  @Test
  void closingGivesTheSliceBack() {
    takeSlice();
    ledger.close();

    await().until(() -> standing().held().nanoUsd() == 0);
    assertThat(standing().spent().nanoUsd()).isEqualTo(10);
  }

  @Test
  void theSlicesOfSeveralProxiesAreKeptApart() {
    takeSlice();
    try (StandbyLedger second = new StandbyLedger(redis, Clock.systemUTC())) {
      HoldRequest request =
          new HoldRequest(
              new HoldId("second", 1),
              List.of(new Claim(token, leased())),
              new Amount(100, 1),
              Instant.now().plusSeconds(5));
      Hold hold = ((Admission.Admitted) done(second.hold(request))).hold();
      done(second.settle(hold, new Settlement.Known(Usage.NONE, new Amount(1, 0))));

      await().until(() -> standing().held().nanoUsd() == 2 * SLICE);
    }
    await().until(() -> standing().held().nanoUsd() == SLICE);
  }
}
