package io.keyfront.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @Test
  void everyUnitIsRead() {
    assertThat(DurationText.parse("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(DurationText.parse("15m")).isEqualTo(Duration.ofMinutes(15));
    assertThat(DurationText.parse("24h")).isEqualTo(Duration.ofHours(24));
    assertThat(DurationText.parse("30d")).isEqualTo(Duration.ofDays(30));
    assertThat(DurationText.parse("999999999d")).isEqualTo(Duration.ofDays(999_999_999));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "15", "m", "-1m", "1.5h", "1w", "1h30m", " 1h", "1H", "1000000000s"})
  void otherFormsAreRefused(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not a duration: write a whole number and s, m, h or d: 90s, 15m, 24h, 30d.",
            text);
  }
}
