package io.keyfront.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, now",
    "PT0.9S, now",
    "PT1S, in 1s",
    "PT119S, in 119s",
    "PT2M, in 2m",
    "PT14M59S, in 14m",
    "PT119M, in 119m",
    "PT2H, in 2h",
    "PT47H, in 47h",
    "PT48H, in 2d",
    "PT8760H, in 365d",
    "PT-5S, 5s ago",
    "PT-72H, 3d ago"
  })
  void momentIsToldInTheLargestUnitThatFits(Duration distance, String told) {
    assertThat(HumanTime.of(NOW.plus(distance), NOW)).isEqualTo(told);
  }
}
