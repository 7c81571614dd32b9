package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.LossFixture.LIMIT;
import static io.keyfront.ledger.redis.LossFixture.TOKEN;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One master of a cluster loses data, or does not answer: its accounts are put right alone. */
class ShardLossTest {
  private static final Duration LATER = Duration.ofSeconds(30);

  @TempDir private Path home;
  @TempDir private Path otherHome;
  private Optional<RealCluster> cluster = Optional.empty();

  @AfterEach
  void stop() {
    cluster.ifPresent(RealCluster::close);
  }

  private RealCluster cluster(int replicasEach) {
    RealCluster made = RealCluster.of(3, replicasEach);
    cluster = Optional.of(made);
    return made;
  }

  private static void awaitBeats(LossFixture server, AccountId account) {
    awaitBeats(server, site(account));
  }

  private static void awaitBeats(LossFixture server, String site) {
    long before = beat(server, site);
    await().atMost(LATER).until(() -> beat(server, site) > before);
  }

  private static long beat(LossFixture server, String site) {
    return server.marks.seen(site).orElseThrow().beat();
  }

  /** The lowest slot of its master. */
  private static String site(AccountId account) {
    int third = RealCluster.slot(account) * 3 / 16384;
    return String.valueOf(third * 16384 / 3);
  }

  @Test
  void replicaThatLaggedIsToldWhatItMissesToTheNanoDollar() {
    RealCluster nodes = cluster(1);
    try (LossFixture server = new LossFixture(nodes.uri(), home);
        LossFixture other = new LossFixture(nodes.uri(), otherHome)) {
      Hold early = server.held(100);
      server.used(server.held(50), 50);
      awaitBeats(server, TOKEN);
      awaitBeats(other, TOKEN);
      nodes.cutOff(TOKEN);
      server.used(early, 70);
      server.used(server.held(200), 180);
      Hold underWay = server.held(100);
      other.used(other.held(150), 150);

      nodes.masterOf(TOKEN).stop();
      nodes.awaitTakenOver(TOKEN);

      server.awaitRecovered(1);
      other.awaitRecovered(1);
      assertThat(server.reserved()).isEqualTo(100);
      assertThat(server.spent()).isEqualTo(server.bill + other.bill);
      assertThat(server.seeded()).isZero();
      server.used(underWay, 90);
      assertThat(server.spent()).isEqualTo(server.bill + other.bill);
      server.spendAll(50);
      assertThat(server.bill + other.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
    }
  }

  @Test
  void masterThatComesBackEmptyCannotBreakTheCeiling() {
    RealCluster nodes = cluster(0);
    try (LossFixture server = new LossFixture(nodes.uri(), home)) {
      for (int i = 0; i < 6; i++) {
        server.used(server.held(100), 100);
      }
      Hold underWay = server.held(50);

      nodes.masterOf(TOKEN).stop();
      nodes.masterOf(TOKEN).start();

      server.awaitRecovered(1);
      assertThat(server.seeded()).isEqualTo(server.spent()).isGreaterThanOrEqualTo(600);
      assertThat(server.reserved()).isEqualTo(50);
      server.used(underWay, 50);
      server.spendAll(50);
      assertThat(server.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
      assertThat(server.spent()).isGreaterThanOrEqualTo(server.bill);
    }
  }

  /** Budgets of the others are open all the time, as their data is all there. */
  @Test
  void onlyTheBudgetsOfTheMasterThatWasEmptiedAreClosed() {
    RealCluster nodes = cluster(0);
    AccountId token = RealCluster.elsewhere(nodes, TOKEN);
    try (LossFixture server = new LossFixture(nodes.uri(), home)) {
      server.used(server.held(100), 100);
      nodes.masterOf(TOKEN).stop();
      nodes.masterOf(TOKEN).start();
      await().atMost(LATER).until(() -> !server.closings.isEmpty());

      assertThat(server.ask(10)).isInstanceOf(Admission.Unavailable.class);
      assertThat(ask(server, token)).isInstanceOf(Admission.Admitted.class);

      server.held(10);
      Instant closed = server.closings.getFirst();
      assertThat(Instant.now()).isAfter(closed.plus(LossFixture.GRACE).minusMillis(100));
    }
  }

  private static Admission ask(LossFixture server, AccountId token) {
    HoldRequest request =
        new HoldRequest(
            call(),
            List.of(new Claim(token, usd(1_000_000))),
            new Amount(1, 1),
            Instant.now().plusSeconds(30));
    return done(server.ledger.hold(request));
  }

  /** A server that noticed nothing is kept out by the script itself. */
  @Test
  void aKilledServerAndAnEmptyMasterCannotBreakTheCeiling() {
    RealCluster nodes = cluster(0);
    LossFixture before = new LossFixture(nodes.uri(), home);
    for (int i = 0; i < 6; i++) {
      before.used(before.held(100), 100);
    }
    awaitBeats(before, TOKEN);
    before.kill();

    nodes.masterOf(TOKEN).stop();
    nodes.masterOf(TOKEN).start();

    try (LossFixture after = new LossFixture(nodes.uri(), home)) {
      assertThat(after.ask(50)).isInstanceOf(Admission.Unavailable.class);
      after.awaitRecovered(1);
      after.spendAll(50);
      assertThat(before.bill + after.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
    }
  }

  @Test
  void callsOfAMasterThatHangsEndInTimeAndThoseOfOthersGoOn() {
    RealCluster nodes = cluster(0);
    AccountId token = RealCluster.elsewhere(nodes, TOKEN);
    try (LossFixture server = new LossFixture(nodes.uri(), home)) {
      server.used(server.held(100), 100);
      assertThat(ask(server, token)).isInstanceOf(Admission.Admitted.class);

      nodes.masterOf(TOKEN).pause();

      int admitted = 0;
      for (int i = 0; i < 20; i++) {
        Instant asked = Instant.now();
        assertThat(server.ask1()).isInstanceOf(Admission.Unavailable.class);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(1));
        admitted += ask(server, token) instanceof Admission.Admitted ? 1 : 0;
      }
      assertThat(admitted).isGreaterThanOrEqualTo(18);

      nodes.masterOf(TOKEN).resume();
      server.held(10);
    }
  }

  @Test
  void slotThatMovesWhileCallsAreInFlightCostsNothing() throws InterruptedException {
    RealCluster nodes = cluster(0);
    try (LossFixture server = new LossFixture(nodes.uri(), home)) {
      Hold early = server.held(100);
      AtomicBoolean moved = new AtomicBoolean();
      AtomicInteger done = new AtomicInteger();
      Thread calls =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int more = 5; more > 0; more -= moved.get() ? 1 : 0) {
                      server.used(server.held(2), 1);
                      done.incrementAndGet();
                    }
                  });
      await().atMost(LATER).until(() -> done.get() > 0);
      nodes.move(TOKEN);
      moved.set(true);
      calls.join(LATER);
      server.used(early, 60);

      await().atMost(LATER).until(() -> server.ledger.unacknowledged() == 0);
      assertThat(server.spent()).isEqualTo(server.bill).isGreaterThan(65);
      assertThat(server.reserved()).isZero();
      assertThat(server.seeded()).isZero();
      server.spendAll(50);
      assertThat(server.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(900);
    }
  }

  /** By which all proxies name it. */
  @Test
  void masterThatLosesItsLowestSlotIsWatchedByItsNextOneAndStaysOpen() {
    RealCluster nodes = cluster(0);
    String lowest = site(TOKEN);
    try (LossFixture server = new LossFixture(nodes.uri(), home)) {
      server.used(server.held(100), 100);
      awaitBeats(server, TOKEN);

      nodes.move(RealCluster.inSlot(Integer.parseInt(lowest)));

      String next = String.valueOf(Integer.parseInt(lowest) + 1);
      await().atMost(LATER).until(() -> server.marks.seen(next).isPresent());
      server.used(server.held(100), 100);
      assertThat(server.seeded()).isZero();
      awaitBeats(server, next);
      assertThat(server.news).as("nothing was closed or lost").isEmpty();

      nodes.masterOf(TOKEN).stop();
      nodes.masterOf(TOKEN).start();

      server.awaitRecovered(1);
      assertThat(server.spent()).isGreaterThanOrEqualTo(server.bill).isEqualTo(server.seeded());
      server.spendAll(50);
      assertThat(server.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
    }
  }
}
