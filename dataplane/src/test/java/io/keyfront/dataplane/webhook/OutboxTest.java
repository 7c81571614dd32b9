package io.keyfront.dataplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.notice.Notice;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Webhook WEBHOOK =
      new Webhook(
          "ops",
          URI.create("https://hooks.example.com"),
          SecretText.of("fake-webhook-key-0123"),
          List.of(Glob.of("*")),
          List.of(50),
          false);

  private final Outbox outbox = new Outbox(3, Duration.ofHours(1));

  private static Notice notice(int number) {
    return new Notice.TokenRevoked("uid-" + number, "default", "agent", NOW);
  }

  @Test
  void atTheBoundTheOneThatFailedMostGivesWayAndMayComeBack() {
    for (int i = 0; i < 3; i++) {
      outbox.offer(WEBHOOK, notice(i), NOW);
    }
    List<Delivery> tried = outbox.start(NOW);
    tried.get(1).failures = 5;
    tried.forEach(delivery -> outbox.later(delivery, NOW.plusSeconds(5)));

    assertThat(outbox.offer(WEBHOOK, notice(3), NOW)).contains(tried.get(1));

    assertThat(outbox.size()).isEqualTo(3);
    assertThat(outbox.start(NOW)).singleElement().matches(fresh -> fresh.notice.equals(notice(3)));
    assertThat(outbox.offer(WEBHOOK, notice(1), NOW)).isPresent();
  }

  @Test
  void whatIsUnderWayNeverGivesWay() {
    for (int i = 0; i < 3; i++) {
      outbox.offer(WEBHOOK, notice(i), NOW);
    }
    assertThat(outbox.start(NOW)).hasSize(3);

    assertThat(outbox.offer(WEBHOOK, notice(3), NOW)).isEmpty();

    assertThat(outbox.size()).isEqualTo(3);
  }

  @Test
  void sameNoticeIsTakenOnceWhileItWaitsAndAfterItWasTold() {
    outbox.offer(WEBHOOK, notice(1), NOW);
    outbox.offer(WEBHOOK, notice(1), NOW);
    assertThat(outbox.size()).isEqualTo(1);

    outbox.told(outbox.start(NOW).getFirst());
    outbox.offer(WEBHOOK, notice(1), NOW);

    assertThat(outbox.size()).isZero();
  }

  @Test
  void onlyFourGoToOneReceiverAtOneTime() {
    Outbox large = new Outbox(100, Duration.ofHours(1));
    for (int i = 0; i < 10; i++) {
      large.offer(WEBHOOK, notice(i), NOW);
    }

    List<Delivery> first = large.start(NOW);
    assertThat(first).hasSize(4);
    assertThat(large.start(NOW)).isEmpty();
    large.told(first.getFirst());
    assertThat(large.start(NOW)).hasSize(1);
  }

  @Test
  void waitDoublesUpToItsBound() {
    assertThat(Pace.USUAL.afterFailure(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Pace.USUAL.afterFailure(3)).isEqualTo(Duration.ofSeconds(20));
    assertThat(Pace.USUAL.afterFailure(8)).isEqualTo(Duration.ofMinutes(10));
    assertThat(Pace.USUAL.afterFailure(1_000)).isEqualTo(Duration.ofMinutes(10));
  }
}
