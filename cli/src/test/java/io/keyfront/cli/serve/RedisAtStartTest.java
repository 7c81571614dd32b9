package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisRefused;
import io.keyfront.ledger.redis.RedisSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RedisAtStartTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final AtomicInteger tries = new AtomicInteger();

  /** Nobody listens there. */
  private static String nobody() {
    try (RedisLedger reached =
        RedisLedger.connect(
            RedisSettings.of("redis://127.0.0.1:1"), Clock.systemUTC(), Marks.none(), news -> {})) {
      return reached.toString();
    }
  }

  @Test
  void podWaitsForRedisThatIsAwayWhenItStarts() {
    String connected =
        RedisAtStart.await(
            () -> tries.incrementAndGet() < 3 ? nobody() : "connected", LONG, MOMENT);

    assertThat(connected).isEqualTo("connected");
    assertThat(tries.get()).isEqualTo(3);
  }

  @Test
  void laptopIsToldAtOnce() {
    assertThatThrownBy(() -> RedisAtStart.await(RedisAtStartTest::nobody, Duration.ZERO, MOMENT))
        .isInstanceOf(RedisRefused.class)
        .hasMessageContaining("redis://127.0.0.1:1 is not to be had");
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() {
    assertThatThrownBy(
            () ->
                RedisAtStart.await(
                    () -> {
                      try {
                        return nobody();
                      } finally {
                        Thread.currentThread().interrupt();
                      }
                    },
                    LONG,
                    LONG))
        .isInstanceOf(RedisRefused.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
