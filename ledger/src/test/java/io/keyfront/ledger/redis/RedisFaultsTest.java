package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import io.lettuce.core.KillArgs;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisFaultsTest {
  private static final AccountId TOKEN = AccountId.token("t");
  private static final Settlement USED = new Settlement.Known(Usage.of(6, 4), new Amount(500, 10));

  /** What is promised is 250 ms; a busy machine takes its time to notice. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final List<RedisNews> changes = new CopyOnWriteArrayList<>();
  private RedisProcess redis;
  private RedisLedger ledger;

  @BeforeEach
  void connect() {
    redis = RedisProcess.started();
    ledger = connected(redis.uri());
  }

  private RedisLedger connected(String uri) {
    return RedisLedger.connect(
        RedisSettings.of(uri), Clock.systemUTC(), Marks::none, changes::add, loop());
  }

  /** On which the ledger speaks to Redis; absent: on its own. */
  Optional<EventLoop> loop() {
    return Optional.empty();
  }

  @AfterEach
  void disconnect() {
    redis.close();
    ledger.close();
  }

  private static HoldRequest request(Duration time) {
    return new HoldRequest(
        call(),
        List.of(new Claim(TOKEN, usd(1_000_000))),
        new Amount(600, 10),
        Instant.now().plus(time));
  }

  private static HoldRequest request() {
    return request(Duration.ofSeconds(30));
  }

  private Hold admitted() {
    return ((Admission.Admitted) done(ledger.hold(request()))).hold();
  }

  private void assertUnavailable(HoldRequest request) {
    Instant asked = Instant.now();
    assertThat(done(ledger.hold(request))).isInstanceOf(Admission.Unavailable.class);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(SOON);
  }

  private Amount spent() {
    return done(ledger.standing(TOKEN)).in(Window.DAY).spent();
  }

  private void awaitAnswers() {
    await().ignoreExceptions().until(() -> done(ledger.standing(TOKEN)).account().equals(TOKEN));
  }

  /** The hold's lease ends while Redis hangs; its call streams on. */
  @Test
  void aCallUnderWayCountsAgainBeforeAnyOtherIsAdmittedWhenRedisHungForLongerThanItsLease() {
    ledger.close();
    ledger = connected(redis.uri() + "?lease=2s");
    Hold streaming = ((Admission.Admitted) done(ledger.hold(alone()))).hold();
    redis.pause();
    Instant paused = Instant.now();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              // As the call's proxy does all the time.
              done(ledger.renew(List.of(streaming)));
              boolean anew = detail(alone()).contains("no connection");
              return anew && Instant.now().isAfter(paused.plusSeconds(4));
            });

    redis.resume();

    assertThat(answered(alone())).isInstanceOf(Admission.Denied.class);
    assertThat(spent()).isEqualTo(Amount.ZERO);
    assertThat(done(ledger.standing(TOKEN)).inFlight()).isEqualTo(1);
    assertThat(done(ledger.standing(TOKEN)).in(Window.DAY).held()).isEqualTo(streaming.amount());
  }

  private static HoldRequest alone() {
    return new HoldRequest(
        call(),
        List.of(new Claim(TOKEN, usd(1_000_000).withConcurrency(1))),
        new Amount(600, 10),
        Instant.now().plusSeconds(5));
  }

  private Admission answered(HoldRequest request) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> done(ledger.hold(request)), told -> !(told instanceof Admission.Unavailable));
  }

  @Test
  void stoppedRedisIsUnavailableAtOnceAndServesAgainWhenItIsBack() {
    admitted();
    redis.stop();

    assertUnavailable(request());
    assertThatThrownBy(() -> done(ledger.standing(TOKEN))).hasMessageContaining("Redis");

    redis.start();
    awaitAnswers();
    admitted();
  }

  @Test
  void pausedRedisKeepsNothingOfARequestThatWasAbandoned() {
    admitted();
    redis.pause();
    HoldRequest unanswered = request();
    assertUnavailable(unanswered);
    CompletionStage<Void> abandoned = ledger.abandon(unanswered);

    redis.resume();

    done(abandoned);
    assertThat(done(ledger.standing(TOKEN)).inFlight()).isEqualTo(1);
    assertThat(done(ledger.hold(unanswered))).isInstanceOf(Admission.Denied.class);
  }

  @Test
  void pausedRedisIgnoresARequestWhoseDeadlinePassed() {
    admitted();
    // So long that the difference of the clocks is known well.
    IntStream.range(0, 20).forEach(i -> awaitAnswers());
    redis.pause();
    HoldRequest unanswered = request(Duration.ofMillis(300));
    assertUnavailable(unanswered);
    await().until(() -> Instant.now().isAfter(unanswered.deadline().plusMillis(50)));

    redis.resume();

    awaitAnswers();
    assertThat(done(ledger.standing(TOKEN)).inFlight()).isEqualTo(1);
  }

  @Test
  void pausedRedisIsAskedOnceAndThenRefusedFor() {
    redis.pause();
    assertUnavailable(request());
    Instant asked = Instant.now();

    for (int i = 0; i < 20; i++) {
      assertUnavailable(request());
    }

    assertThat(Duration.between(asked, Instant.now())).isLessThan(SOON);
  }

  @Test
  void connectionThatStaysSilentIsMadeAnew() {
    redis.pause();
    assertUnavailable(request());

    await().atMost(Duration.ofSeconds(10)).until(() -> detail(request()).contains("no connection"));
    redis.resume();

    awaitAnswers();
  }

  private String detail(HoldRequest request) {
    return ((Admission.Unavailable) done(ledger.hold(request))).detail();
  }

  @Test
  void settlementIsKeptUntilRedisIsBackAndTheChangeOfServerIsTold() {
    Hold hold = admitted();
    redis.stop();
    CompletionStage<Void> settled = ledger.settle(hold, USED);
    assertThat(ledger.unacknowledged()).isEqualTo(1);

    redis.start();

    done(settled);
    assertThat(spent()).isEqualTo(new Amount(500, 10));
    assertThat(changes.getFirst()).isEqualTo(new RedisNews.Replaced());
    assertThat(ledger.unacknowledged()).isZero();
  }

  @Test
  void settlementsBeyondTheBoundAreDroppedWhereTheirHoldsStandForThem() {
    Hold hold = admitted();
    Hold last = admitted();
    redis.stop();
    for (int i = 0; i < Keeper.MAX_KEPT; i++) {
      var _ = ledger.settle(hold, USED);
    }
    assertThat(ledger.dropped()).isZero();

    CompletionStage<Void> dropped = ledger.settle(last, USED);

    done(dropped);
    assertThat(ledger.dropped()).isEqualTo(1);
    assertThat(ledger.unacknowledged()).isEqualTo(Keeper.MAX_KEPT);
  }

  /** An agent that may go on without Redis, and a flood of calls that held nothing there. */
  @Test
  void whatNoHoldStandsForIsChargedHoweverManyAndHoweverOldTheCallsAre() {
    Instant admitted = Instant.now().minus(Duration.ofMinutes(40));
    redis.stop();
    int calls = Keeper.MAX_KEPT + 1_000;
    for (int i = 0; i < calls; i++) {
      var _ = ledger.settle(unheard(admitted), USED);
    }
    assertThat(ledger.unacknowledged()).isEqualTo(Keeper.MAX_KEPT + 1);

    redis.start();

    await().atMost(Duration.ofSeconds(60)).until(() -> ledger.unacknowledged() == 0);
    assertThat(done(ledger.standing(TOKEN)).in(Window.TOTAL).spent())
        .isEqualTo(new Amount(500L * calls, 10L * calls));
    assertThat(ledger.dropped()).isZero();
  }

  private static Hold unheard(Instant admitted) {
    return new Hold(call().unheard(), List.of(TOKEN), new Amount(600, 10), admitted);
  }

  /** Above the bound, too, is charged what a call used beyond what it held. */
  @Test
  void whatACallUsedBeyondItsHoldIsChargedAlsoBeyondTheBound() {
    Sums sums = new Sums();
    Settlement more = new Settlement.Known(Usage.of(6, 4), new Amount(900, 10));
    Hold hold = unheard(Instant.EPOCH);
    for (int i = 0; i < 3; i++) {
      Ending ending = Ending.of(hold, more, true, new Amount(600, 10));
      assertThat(sums.add(ending, ending.charge().minusOrZero(ending.held()))).isTrue();
    }

    List<Ending> taken = sums.take();

    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().charge()).isEqualTo(new Amount(900, 0));
    assertThat(taken.getFirst().call().isUnheard()).isTrue();
    assertThat(sums.size()).isZero();
  }

  @Test
  void eachHourOfEachPartyOfAccountsHasASumOfItsOwnUpToABound() {
    Sums sums = new Sums();
    for (int hour = 0; hour < Sums.MOST; hour++) {
      assertThat(sums.add(ending(hour), new Amount(1, 1))).isTrue();
    }

    assertThat(sums.add(ending(Sums.MOST), new Amount(1, 1))).isFalse();
    assertThat(sums.add(ending(7), new Amount(1, 1))).isTrue();
  }

  private static Ending ending(int hour) {
    Instant admitted = Instant.EPOCH.plus(Duration.ofHours(hour));
    return Ending.of(unheard(admitted), USED, true, Amount.ZERO);
  }

  @Test
  void lostConnectionIsMadeAgainWithoutAnythingBeingSentTwice() {
    Hold hold = admitted();
    redis.ask(connection -> connection.sync().clientKill(killAll()));

    done(ledger.settle(hold, USED));

    assertThat(spent()).isEqualTo(new Amount(500, 10));
    assertThat(changes).isEmpty();
  }

  private static KillArgs killAll() {
    return KillArgs.Builder.typeNormal();
  }

  @Test
  void fullRedisAdmitsNothingButTakesSettlements() {
    Hold hold = admitted();
    redis.ask(connection -> connection.sync().configSet("maxmemory", "1"));

    assertThat(detail(request())).contains("OOM");
    done(ledger.settle(hold, USED));

    assertThat(redis.<String>ask(connection -> connection.sync().configSet("maxmemory", "0")))
        .isEqualTo("OK");
    assertThat(spent()).isEqualTo(new Amount(500, 10));
  }

  @Test
  void manyRequestsOfOneMomentAreAllAnswered() {
    List<CompletableFuture<Admission>> answers =
        IntStream.range(0, Line.MOST + 500)
            .mapToObj(i -> ledger.hold(request()).toCompletableFuture())
            .toList();

    assertThat(answers).allSatisfy(answer -> assertThat(done(answer)).isNotNull());
  }
}
