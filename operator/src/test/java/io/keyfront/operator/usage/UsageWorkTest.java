package io.keyfront.operator.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisSettings;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsageWorkTest {
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void redisThatIsAwayAtTheStartIsTriedAgainUntilItAnswers() {
    try (TestRedis redis = TestRedis.start()) {
      String nobody = "redis://127.0.0.1:1";
      UsageWork work =
          new UsageWork(
              () -> opened(tries.incrementAndGet() < 3 ? nobody : redis.uri()),
              ledger -> this::read,
              Duration.ofMillis(1));
      Thread thread = Thread.ofPlatform().daemon().start(work);

      Cluster.await().until(() -> reading.getCount() == 0);
      assertThat(tries.get()).isGreaterThanOrEqualTo(3);
      assertThat(work.isConnected()).isTrue();

      thread.interrupt();
      Cluster.await().until(() -> !thread.isAlive());
      assertThat(closed.getCount()).isZero();
      assertThat(work.isConnected()).isFalse();
    }
  }

  private LedgerSource.Open opened(String uri) {
    RedisLedger redis =
        RedisLedger.connect(RedisSettings.of(uri), Clock.systemUTC(), Marks.none(), news -> {});
    return new LedgerSource.Open(
        redis,
        () -> {
          redis.close();
          closed.countDown();
        });
  }

  private void read() {
    reading.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
