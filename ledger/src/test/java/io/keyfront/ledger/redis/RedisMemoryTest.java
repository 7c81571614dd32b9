package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import io.lettuce.core.ScriptOutputType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing in Redis grows without bound. */
class RedisMemoryTest {
  private static final AccountId TOKEN = AccountId.token("t");
  private static final String KEY = "kf:{t:t}";

  private final AtomicLong clock = new AtomicLong(Micros.of(Instant.now()));
  private RedisProcess redis;
  private RedisLedger ledger;

  @BeforeEach
  void connect() {
    redis = RedisProcess.started();
    ledger =
        RedisLedger.connect(
            RedisSettings.of(redis.uri()), Clock.systemUTC(), Marks.none(), clock::get);
  }

  @AfterEach
  void disconnect() {
    ledger.close();
    redis.close();
  }

  private void pass(Duration time) {
    clock.addAndGet(BatchWriter.micros(time));
  }

  private static HoldRequest request() {
    return new HoldRequest(
        call(), List.of(new Claim(TOKEN, usd(1_000_000))), new Amount(600, 10), Instant.MAX);
  }

  private Hold admitted() {
    return ((Admission.Admitted) done(ledger.hold(request()))).hold();
  }

  private void used() {
    done(ledger.settle(admitted(), new Settlement.Known(Usage.of(1, 1), new Amount(5, 2))));
  }

  private long remembered() {
    return redis.ask(connection -> connection.sync().zcard(KEY + ":e"));
  }

  @Test
  void endedCallsAreForgottenInSteps() {
    for (int i = 0; i < 250; i++) {
      used();
    }
    assertThat(remembered()).isEqualTo(250);
    pass(Duration.ofMinutes(16));

    // Two steps: a hold and its settlement.
    used();
    assertThat(remembered()).isEqualTo(250 - 200 + 1);
    used();

    assertThat(remembered()).isEqualTo(2);
  }

  /** Between two steps of forgetting, a swept call's record is still there. */
  @Test
  void aCallThatIsForgottenIsChargedAnewAndOnce() {
    admitted();
    pass(Duration.ofMillis(500));
    Hold second = admitted();
    pass(Duration.ofSeconds(60).minusMillis(500));
    assertThat(spent()).isEqualTo(600);
    pass(Duration.ofMillis(500));
    assertThat(spent()).isEqualTo(1200);
    pass(Duration.ofMinutes(15).minusMillis(500));
    assertThat(spent()).isEqualTo(1200);
    pass(Duration.ofMillis(600));

    for (int i = 0; i < 3; i++) {
      Instant now = Micros.instant(clock.get());
      done(
          ledger.settle(
              new Hold(second.id(), second.accounts(), second.amount(), now),
              new Settlement.Known(Usage.of(1, 1), new Amount(5, 2))));
    }

    assertThat(spent()).isEqualTo(1205);
  }

  private long spent() {
    return done(ledger.standing(TOKEN)).in(Window.TOTAL).spent().nanoUsd();
  }

  @Test
  void whatOnlyHelpsToRepeatExpiresAndSpendNever() {
    used();
    admitted();
    pass(Duration.ofSeconds(61));
    used();

    assertThat(millis(KEY)).isEqualTo(-1);
    assertThat(millis(KEY + ":e")).isBetween(1L, Duration.ofMinutes(30).toMillis());
    assertThat(millis(KEY + ":w")).isBetween(1L, Duration.ofMinutes(30).toMillis());
    assertThat(redis.<Long>ask(connection -> connection.sync().exists(KEY + ":h", KEY + ":l")))
        .isZero();
  }

  @Test
  void anAccountWhoseWindowsHaveAllEndedExpires() {
    AccountId session = AccountId.token("issuer/subject");
    used(TOKEN, Limits.NONE);
    used(session, Limits.NONE);

    assertThat(millis(KEY)).isBetween(days(399), days(400));
    assertThat(millis("kf:{t:issuer/subject}")).isBetween(days(34), days(35));

    used(TOKEN, usd(1_000_000));
    assertThat(millis(KEY)).isEqualTo(-1);
    used(TOKEN, Limits.NONE);
    assertThat(millis(KEY)).isPositive();
  }

  /** Whoever signs session tokens names as many subjects as he likes. */
  @Test
  void aSessionsAccountExpiresThoughItsBudgetIsInTotal() {
    for (String subject : List.of("issuer/subject", "issuer/" + "long".repeat(40))) {
      AccountId session = AccountId.token(subject);
      used(session, usd(1_000_000));

      assertThat(millis(Keys.text(session))).isBetween(days(399), days(400));
    }
  }

  @Test
  void anAccountThatHoldsSomethingIsKept() {
    used(TOKEN, Limits.NONE);

    done(ledger.hold(request(TOKEN, Limits.NONE)));

    assertThat(millis(KEY)).isEqualTo(-1);
  }

  /** What was stored before the last fields were there. */
  @Test
  void anAccountOfAnEarlierVersionIsReadAsItWas() {
    used();
    redis.<String>ask(
        connection ->
            connection
                .sync()
                .eval(
                    "return redis.call('SET', KEYS[1], redis.call('GETRANGE', KEYS[1], 0, 319))",
                    ScriptOutputType.STATUS,
                    KEY));

    assertThat(spent()).isEqualTo(5);
    assertThat(done(ledger.standing(TOKEN)).inFlight()).isZero();
  }

  private void used(AccountId account, Limits limits) {
    Hold hold = ((Admission.Admitted) done(ledger.hold(request(account, limits)))).hold();
    done(ledger.settle(hold, new Settlement.Known(Usage.of(1, 1), new Amount(5, 2))));
  }

  private static HoldRequest request(AccountId account, Limits limits) {
    return new HoldRequest(
        call(), List.of(new Claim(account, limits)), new Amount(600, 10), Instant.MAX);
  }

  private static long days(long days) {
    return Duration.ofDays(days).toMillis();
  }

  @Test
  void anAccountThatNeverSpentExpires() {
    done(ledger.abandon(request()));
    done(ledger.standing(TOKEN));

    assertThat(millis(KEY)).isBetween(1L, Duration.ofMinutes(30).toMillis());
  }

  private long millis(String key) {
    return redis.ask(connection -> connection.sync().pttl(key));
  }
}
