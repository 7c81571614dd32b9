package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.LossFixture.LIMIT;
import static io.keyfront.ledger.redis.LossFixture.TOKEN;
import static io.keyfront.ledger.redis.LossFixture.known;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis loses everything: no ceiling is broken, and nothing is charged that nobody can explain. */
class RedisLossTest {
  @TempDir private Path home;
  @TempDir private Path otherHome;
  private RedisProcess redis;

  @BeforeEach
  void startRedis() {
    redis = RedisProcess.started();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  private LossFixture server() {
    return new LossFixture(redis.uri(), home);
  }

  private LossFixture otherServer() {
    return new LossFixture(redis.uri(), otherHome);
  }

  private void restartEmpty() {
    redis.stop();
    redis.start();
  }

  private void flush() {
    assertThat(redis.<String>ask(connection -> connection.sync().flushall())).isEqualTo("OK");
  }

  @Test
  void nothingIsAdmittedAboveTheMarkWhichIsDurableBefore() {
    try (LossFixture server = server()) {
      for (int i = 0; i < 9; i++) {
        server.used(server.held(100), 100);

        long mark = mark(server);
        assertThat(mark).isGreaterThanOrEqualTo(server.spent()).isLessThanOrEqualTo(LIMIT);
      }
      assertThat(server.spent()).isEqualTo(server.bill);
    }
  }

  private static long mark(LossFixture server) {
    return server.marks.of(TOKEN).orElseThrow().at(Window.TOTAL, Instant.now()).most().nanoUsd();
  }

  @Test
  void emptyRedisCannotBreakTheCeiling() {
    try (LossFixture server = server()) {
      for (int i = 0; i < 6; i++) {
        server.used(server.held(100), 100);
      }

      restartEmpty();

      server.awaitRecovered(1);
      assertThat(server.spent()).isEqualTo(mark(server));
      assertThat(server.seeded()).isEqualTo(server.spent());
      server.spendAll(50);
      assertThat(server.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
      assertThat(server.spent()).isGreaterThanOrEqualTo(server.bill);
    }
  }

  @Test
  void flushedRedisCannotBreakTheCeiling() {
    try (LossFixture server = server()) {
      for (int i = 0; i < 6; i++) {
        server.used(server.held(100), 100);
      }

      flush();
      assertThat(server.ask(100)).isInstanceOf(Admission.Unavailable.class);

      server.awaitRecovered(1);
      server.spendAll(50);
      assertThat(server.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
      assertThat(server.spent()).isGreaterThanOrEqualTo(server.bill);
    }
  }

  @Test
  void aKilledServerAndAnEmptyRedisCannotBreakTheCeiling() {
    LossFixture before = server();
    for (int i = 0; i < 6; i++) {
      before.used(before.held(100), 100);
    }
    before.kill();

    restartEmpty();

    try (LossFixture after = server()) {
      assertThat(after.ask(50)).isInstanceOf(Admission.Unavailable.class);
      after.awaitRecovered(1);
      after.spendAll(50);
      assertThat(before.bill + after.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
    }
  }

  @Test
  void aServerThatWasStoppedWellFindsNothingMissing() {
    try (LossFixture before = server()) {
      before.used(before.held(100), 100);
    }

    try (LossFixture after = server()) {
      assertThat(after.ask(50)).isInstanceOf(Admission.Admitted.class);
      assertThat(after.spent()).isEqualTo(100);
      assertThat(after.news).isEmpty();
    }
  }

  @Test
  void callsUnderWayAreHeldAgainAndChargedWhatTheyUsed() {
    try (LossFixture server = server()) {
      Hold first = server.held(300);
      Hold second = server.held(300);

      restartEmpty();

      server.awaitRecovered(1);
      assertThat(server.reserved()).isEqualTo(600);
      assertThat(server.spent()).isEqualTo(mark(server) - 600);
      long seeded = server.seeded();
      server.used(first, 10);
      server.used(second, 20);
      server.used(second, 0);
      assertThat(server.reserved()).isZero();
      assertThat(server.spent()).isEqualTo(seeded + 30);
    }
  }

  @Test
  void whatIsSettledWhileRedisIsAwayIsChargedOnceAndNeverBelowTheBill() {
    try (LossFixture server = server()) {
      Hold hold = server.held(400);
      redis.stop();
      CompletionStage<Void> settled = server.ledger.settle(hold, known(400));

      redis.start();

      done(settled);
      server.awaitRecovered(1);
      assertThat(server.reserved()).isZero();
      assertThat(server.spent()).isBetween(400L, mark(server));
    }
  }

  @Test
  void theHigherOfTwoMarksHolds() {
    try (LossFixture low = server();
        LossFixture high = otherServer()) {
      low.used(low.held(100), 100);
      for (int i = 0; i < 6; i++) {
        high.used(high.held(100), 100);
      }
      assertThat(mark(high)).isGreaterThan(mark(low));

      flush();

      low.awaitRecovered(1);
      high.awaitRecovered(1);
      assertThat(low.spent()).isEqualTo(mark(high));
      low.spendAll(50);
      assertThat(low.bill + high.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
    }
  }

  @Test
  void aMarkThatComesLateAddsWhatItIsHigher() {
    LossFixture high = otherServer();
    try (LossFixture low = server()) {
      low.used(low.held(100), 100);
      for (int i = 0; i < 5; i++) {
        high.used(high.held(100), 100);
      }
      high.kill();
      restartEmpty();
      low.awaitRecovered(1);
      long first = mark(low);
      Hold fresh = low.held(50);
      assertThat(low.spent()).isEqualTo(first);
      low.used(fresh, 50);

      try (LossFixture late = otherServer()) {
        late.awaitRecovered(1);

        assertThat(late.spent()).isEqualTo(mark(late) + 50);
        assertThat(late.spent()).isGreaterThanOrEqualTo(low.bill + high.bill);
        assertThat(late.seeded()).isEqualTo(mark(late));
      }
    }
  }

  @Test
  void aSeedThatIsRepeatedOrLowerChangesNothing() {
    try (LossFixture server = server()) {
      for (int i = 0; i < 5; i++) {
        server.used(server.held(100), 100);
      }
      Mark high = server.marks.of(TOKEN).orElseThrow();
      restartEmpty();
      server.awaitRecovered(1);
      long spent = server.spent();

      for (int i = 0; i < 3; i++) {
        seed(server, high);
        seed(server, lower(high));
      }

      assertThat(server.spent()).isEqualTo(spent);
    }
  }

  private static Mark lower(Mark mark) {
    return new Mark(
        mark.epoch(),
        mark.raised(),
        mark.measured(),
        mark.parts().stream().map(part -> new Mark.Part(part.start(), new Amount(1, 1))).toList());
  }

  private static void seed(LossFixture server, Mark mark) {
    var now = Micros.of(Instant.now());
    done(server.ledger.tell(MendOperation.seed(TOKEN, mark, false, now)).told());
  }

  @Test
  void aSeedWhereNothingWasLostChangesNothing() {
    try (LossFixture server = server()) {
      server.used(server.held(100), 100);

      seed(server, server.marks.of(TOKEN).orElseThrow());

      assertThat(server.spent()).isEqualTo(100);
    }
  }

  @Test
  void whatAMarkChargedCanBeCreditedBackOnce() {
    try (LossFixture server = server()) {
      server.used(server.held(100), 100);
      restartEmpty();
      server.awaitRecovered(1);
      long seeded = server.seeded();

      Amount first = done(server.ledger.credit(TOKEN, new Amount(60, 0)));
      Amount second = done(server.ledger.credit(TOKEN, new Amount(10_000, 0)));

      assertThat(first.nanoUsd()).isEqualTo(60);
      assertThat(second.nanoUsd()).isEqualTo(seeded - 60);
      assertThat(server.spent()).isZero();
      assertThat(server.seeded()).isZero();
    }
  }

  @Test
  void budgetsAreClosedUntilTheServersHaveTold() {
    try (LossFixture server = server()) {
      server.used(server.held(100), 100);
      restartEmpty();

      await().until(() -> !server.closings.isEmpty());
      server.held(10);

      Instant closed = server.closings.getFirst();
      assertThat(Instant.now()).isAfter(closed.plus(LossFixture.GRACE).minusMillis(100));
    }
  }
}
