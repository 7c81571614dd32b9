package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisClusterTest {
  private static final AccountId TOKEN = AccountId.token("t");
  private static final AccountId CREDENTIAL = AccountId.credential("c0");
  private static final AccountId PROVIDER = AccountId.provider("p0");

  private static RealCluster nodes;
  private static RedisLedger ledger;

  @BeforeAll
  static void start() {
    nodes = RealCluster.of(3, 0);
    ledger =
        RedisLedger.connect(
            RedisSettings.of(nodes.uri()), Clock.systemUTC(), Marks.none(), news -> {});
  }

  @AfterAll
  static void stop() {
    ledger.close();
    nodes.close();
  }

  private static HoldRequest request(Limits ofCredential) {
    return new HoldRequest(
        call(),
        List.of(
            new Claim(TOKEN, usd(1_000_000)),
            new Claim(CREDENTIAL, ofCredential),
            new Claim(PROVIDER, Limits.NONE)),
        new Amount(600, 10),
        Instant.now().plusSeconds(5));
  }

  @Test
  void theAccountsOfACallAreOnThreeMasters() {
    assertThat(List.of(TOKEN, CREDENTIAL, PROVIDER))
        .extracting(nodes::masterOf)
        .doesNotHaveDuplicates();
  }

  @Test
  void aCallIsHeldAndChargedInEverySlotAndOnceInTheSum() {
    Admission admission = done(ledger.hold(request(Limits.NONE)));
    Hold hold = ((Admission.Admitted) admission).hold();
    assertThat(hold.accounts()).containsExactly(TOKEN, CREDENTIAL, PROVIDER);
    assertThat(done(ledger.renew(List.of(hold)))).isEqualTo(Set.of());

    for (int i = 0; i < 3; i++) {
      done(ledger.settle(hold, new Settlement.Known(Usage.of(6, 4), new Amount(500, 10))));
    }

    for (AccountId account : List.of(TOKEN, CREDENTIAL, PROVIDER, AccountId.EVERYTHING)) {
      assertThat(done(ledger.standing(account)).in(Window.DAY).spent())
          .isEqualTo(new Amount(500, 10));
    }
  }

  /** Which go out again together, and are of different slots. */
  @Test
  void settlementsThatHadNoAnswerAreHeardWhenTheNodeAnswersAgain() {
    List<Hold> holds =
        IntStream.range(0, 20)
            .mapToObj(i -> new Claim(AccountId.token("paused-" + i), usd(1_000_000)))
            .map(claim -> held(claim))
            .toList();
    nodes.pause();
    Settlement used = new Settlement.Known(Usage.of(6, 4), new Amount(500, 10));
    holds.forEach(hold -> ledger.settle(hold, used));
    await()
        .until(
            () -> done(ledger.hold(request(Limits.NONE))), Admission.Unavailable.class::isInstance);

    nodes.resume();

    await().atMost(Duration.ofSeconds(30)).until(() -> ledger.unacknowledged() == 0);
    for (Hold hold : holds) {
      assertThat(done(ledger.standing(hold.accounts().getFirst())).in(Window.DAY).spent())
          .isEqualTo(new Amount(500, 10));
    }
  }

  private static Hold held(Claim claim) {
    HoldRequest request =
        new HoldRequest(call(), List.of(claim), new Amount(600, 10), Instant.now().plusSeconds(5));
    return ((Admission.Admitted) done(ledger.hold(request))).hold();
  }

  @Test
  void whatTheTokenGaveIsTakenBackWhereTheCredentialHasNoRoomAndMayBeAskedAgain() {
    long inFlight = done(ledger.standing(TOKEN)).inFlight();
    HoldRequest request = request(Limits.NONE.withConcurrency(0));

    assertThat(done(ledger.hold(request)))
        .isEqualTo(new Admission.Denied(new Shortage.Concurrency(CREDENTIAL, 0)));

    assertThat(done(ledger.standing(TOKEN)).inFlight()).isEqualTo(inFlight);
    HoldRequest again =
        new HoldRequest(
            request.id(),
            List.of(new Claim(TOKEN, usd(1_000_000))),
            request.amount(),
            request.deadline());
    Admission second = done(ledger.hold(again));
    assertThat(second).isInstanceOf(Admission.Admitted.class);
    done(ledger.abandon(again));
  }
}
