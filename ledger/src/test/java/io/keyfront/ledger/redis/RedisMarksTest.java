package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.mark.MarkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Marks that are raised by many calls at once. */
class RedisMarksTest {
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();

  @TempDir private static Path home;
  private static RedisProcess redis;
  private static MarkFile marks;
  private static RedisLedger ledger;

  private final AccountId token = AccountId.token("marked-" + ACCOUNTS.incrementAndGet());

  @BeforeAll
  static void start() throws IOException {
    redis = RedisProcess.started();
    marks = MarkFile.open(home);
    ledger =
        RedisLedger.connect(
            RedisSettings.of(redis.uri()).closing(Duration.ZERO),
            Clock.systemUTC(),
            marks,
            news -> {});
  }

  @AfterAll
  static void stop() {
    ledger.close();
    marks.close();
    redis.close();
  }

  private Admission ask() {
    HoldRequest request =
        new HoldRequest(
            call(),
            List.of(new Claim(token, usd(1000))),
            new Amount(30, 10),
            Instant.now().plusSeconds(5));
    return done(ledger.hold(request));
  }

  @RepeatedTest(50)
  void callsOfManyThreadsAreAdmittedUpToTheLimitAndNeverAboveTheMark() {
    AtomicInteger room = new AtomicInteger();
    AtomicInteger unanswered = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        threads.execute(
            () -> {
              switch (ask()) {
                case Admission.Admitted admitted -> room.incrementAndGet();
                case Admission.Denied denied -> {}
                case Admission.Unavailable unavailable -> unanswered.incrementAndGet();
              }
            });
      }
    }
    assertThat(unanswered).hasValue(0);
    assertThat(room).hasValue(33);
    long mark = marks.of(token).orElseThrow().at(Window.TOTAL, Instant.now()).most().nanoUsd();
    assertThat(mark).isBetween(990L, 1000L);
  }
}
