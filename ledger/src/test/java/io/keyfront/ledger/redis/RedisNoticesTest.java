package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.notice.NoticeStore.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisNoticesTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final AtomicInteger KEYS = new AtomicInteger();

  private static RedisProcess redis;
  private static RedisNotices one;
  private static RedisNotices other;

  private final String key = "key-" + KEYS.incrementAndGet();

  @BeforeAll
  static void start() {
    redis = RedisProcess.started();
    one = new RedisNotices(RedisSettings.of(redis.uri()));
    other = new RedisNotices(RedisSettings.of(redis.uri()));
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    redis.close();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void onlyOneOfManyGetsAClaim() {
    List<CompletableFuture<Claim>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add((i % 2 == 0 ? one : other).claim(key, LONG).toCompletableFuture());
    }

    Claim first = asked.get(0).join();
    Claim second = asked.get(1).join();

    assertThat(List.of(first, second)).containsExactlyInAnyOrder(Claim.MINE, Claim.ANOTHERS);
    for (int i = 0; i < 50; i++) {
      assertThat(asked.get(i).join()).isEqualTo(i % 2 == 0 ? first : second);
    }
  }

  @Test
  void claimOfTheDeadPassesToAnotherWhenItsLeaseIsOver() {
    assertThat(done(one.claim(key, Duration.ofMillis(300)))).isEqualTo(Claim.MINE);
    assertThat(done(other.claim(key, LONG))).isEqualTo(Claim.ANOTHERS);

    Awaitility.await().until(() -> done(other.claim(key, LONG)) == Claim.MINE);

    assertThat(done(one.claim(key, LONG))).isEqualTo(Claim.ANOTHERS);
  }

  @Test
  void whatIsDeliveredNobodyClaimsUntilItIsForgotten() {
    done(one.claim(key, LONG));
    done(one.delivered(key, DAY));

    assertThat(done(one.claim(key, LONG))).isEqualTo(Claim.DELIVERED);
    assertThat(done(other.claim(key, LONG))).isEqualTo(Claim.DELIVERED);
    assertThat(redis.<Long>ask(connection -> connection.sync().pttl("kf:n:" + key)))
        .isBetween(DAY.toMillis() - 60_000, DAY.toMillis());
  }

  @Test
  void clusterKeepsNoticesToo() {
    try (RedisProcess cluster = RedisProcess.cluster();
        RedisNotices notices = new RedisNotices(RedisSettings.of(cluster.clusterUri()))) {
      assertThat(done(notices.claim(key, LONG))).isEqualTo(Claim.MINE);
      done(notices.delivered(key, DAY));
      assertThat(done(notices.claim(key, LONG))).isEqualTo(Claim.DELIVERED);
    }
  }

  @Test
  void awayIsToldWithoutThePassword() {
    try (RedisProcess mortal = RedisProcess.started();
        RedisNotices notices =
            new RedisNotices(
                RedisSettings.of("redis://me:fake-password@127.0.0.1:" + mortal.port()))) {
      mortal.stop();

      assertThatThrownBy(() -> done(notices.claim(key, LONG)))
          .hasMessageContaining("Redis")
          .hasMessageNotContaining("fake-password");
    }
  }

  @Test
  void lostConnectionIsMadeAnew() {
    try (RedisProcess mortal = RedisProcess.started();
        RedisNotices notices = new RedisNotices(RedisSettings.of(mortal.uri()))) {
      done(notices.claim(key, LONG));
      mortal.stop();
      assertThatThrownBy(() -> done(notices.claim(key, LONG))).isInstanceOf(RuntimeException.class);
      mortal.start();

      Awaitility.await()
          .ignoreExceptions()
          .until(() -> done(notices.claim(key, LONG)) == Claim.MINE);
    }
  }
}
