package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Micros;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ServerClockTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final long SERVER = Micros.of(NOW.plusSeconds(10));

  private final ServerClock clock = new ServerClock(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void momentsAreUnknownBeforeAnyReply() {
    assertThat(clock.byServer(NOW)).isZero();
  }

  @Test
  void aMomentIsTakenForNoEarlierThanItIsByTheServersClock() {
    clock.seen(SERVER, 2_000_000);

    assertThat(clock.byServer(NOW)).isEqualTo(SERVER + 2_000);
  }

  @Test
  void slowRepliesTeachNothing() {
    clock.seen(SERVER, 2_000_000);
    clock.seen(SERVER + 77_000_000, 5_000_000_000L);

    assertThat(clock.byServer(NOW)).isEqualTo(SERVER + 2_000);
  }

  @Test
  void theFarFutureIsNoDeadline() {
    clock.seen(SERVER, 0);

    assertThat(clock.byServer(Instant.MAX)).isZero();
  }
}
