package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  @Test
  void clockMovesOnlyWhenToldTo() {
    ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    var elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));

    clock.advance(Duration.ofSeconds(90));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-21T12:01:30Z"));
    assertThat(elsewhere.instant()).isEqualTo(clock.instant());
  }
}
