package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.LossFixture.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real sentinel replaces a master that died: the ledger goes on with the new one. */
class SentinelFailoverTest {
  @TempDir private Path home;
  @TempDir private Path otherHome;

  @Test
  void ledgerGoesOnWithTheNewMasterAndTheBudgetHolds() {
    try (RedisProcess master = RedisProcess.started();
        Watched watched = Watched.over(master);
        LossFixture one = new LossFixture(watched.uri(), home);
        LossFixture other = new LossFixture(watched.uri(), otherHome)) {
      for (int i = 0; i < 3; i++) {
        one.used(one.held(100), 100);
        other.used(other.held(100), 100);
      }
      Hold underWay = one.held(100);
      long before = bill(one, other);

      master.stop();
      assertThat(one.ask(1)).isInstanceOf(Admission.Unavailable.class);
      watched.awaitFailover();
      one.awaitRecovered(1);
      other.awaitRecovered(1);
      one.used(underWay, 100);
      one.spendAll(50);
      other.spendAll(50);

      assertThat(watched.replica().info()).contains("role:master");
      assertThat(bill(one, other)).isGreaterThan(before).isLessThanOrEqualTo(LIMIT);
      assertThat(one.spent()).isBetween(bill(one, other), LIMIT);
      await().atMost(Duration.ofSeconds(30)).until(() -> one.reserved() == 0);
    }
  }

  private static long bill(LossFixture one, LossFixture other) {
    return one.bill + other.bill;
  }
}
