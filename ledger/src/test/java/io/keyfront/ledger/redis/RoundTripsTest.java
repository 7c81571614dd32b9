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
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis itself counts what it is asked: a call costs one round trip before and one after. */
class RoundTripsTest {
  private static final long CALLS = 100;

  /** What a server asks from time to time, whoever calls. */
  private static final long SIGNS_OF_LIFE = 20;

  private static final Pattern COUNT = Pattern.compile("cmdstat_([a-z|]+):calls=([0-9]+)");
  private static final List<String> SCRIPTS = List.of("eval", "evalsha");

  private RedisProcess redis;
  private RedisLedger ledger;

  @BeforeEach
  void connect() {
    redis = RedisProcess.started();
    ledger =
        RedisLedger.connect(
            RedisSettings.of(redis.uri()).closing(Duration.ZERO),
            Clock.systemUTC(),
            Marks.none(),
            news -> {});
    done(ledger.settle(held(), used()));
  }

  @AfterEach
  void disconnect() {
    ledger.close();
    redis.close();
  }

  private static HoldRequest request() {
    return new HoldRequest(
        call(),
        List.of(
            new Claim(AccountId.token("t"), usd(1_000_000)),
            new Claim(AccountId.credential("c"), Limits.NONE),
            new Claim(AccountId.provider("p"), Limits.NONE)),
        new Amount(600, 10),
        Instant.now().plusSeconds(30));
  }

  private Hold held() {
    return ((Admission.Admitted) done(ledger.hold(request()))).hold();
  }

  private static Settlement used() {
    return new Settlement.Known(Usage.of(6, 4), new Amount(500, 10));
  }

  /** Questions that Redis answered, but for those of this test. */
  private long questions() {
    String told = redis.ask(connection -> connection.sync().info("commandstats"));
    Matcher each = COUNT.matcher(told);
    long scripts = 0;
    while (each.find()) {
      scripts += SCRIPTS.contains(each.group(1)) ? Long.parseLong(each.group(2)) : 0;
    }
    return scripts;
  }

  @Test
  void callOfThreeAccountsAsksOnceBeforeItIsForwarded() {
    long before = questions();

    List<Hold> holds = LongStream.range(0, CALLS).mapToObj(i -> held()).toList();

    assertThat(questions() - before).isBetween(CALLS, CALLS + SIGNS_OF_LIFE);
    holds.forEach(hold -> done(ledger.settle(hold, used())));
  }

  @Test
  void andOnceAfterItsAnswer() {
    List<Hold> holds = LongStream.range(0, CALLS).mapToObj(i -> held()).toList();
    long before = questions();

    holds.forEach(hold -> done(ledger.settle(hold, used())));

    assertThat(questions() - before).isBetween(CALLS, CALLS + SIGNS_OF_LIFE);
  }

  @Test
  void callsOfOneMomentShareTheirRoundTrips() {
    long before = questions();

    List<CompletableFuture<Admission>> asked = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      asked.add(ledger.hold(request()).toCompletableFuture());
    }
    asked.forEach(answer -> assertThat(done(answer)).isInstanceOf(Admission.Admitted.class));

    assertThat(questions() - before).isPositive().isLessThan(CALLS);
  }
}
