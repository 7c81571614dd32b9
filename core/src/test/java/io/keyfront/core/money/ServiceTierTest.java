package io.keyfront.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTierTest {
  @ParameterizedTest
  @CsvSource({
    "default, STANDARD",
    "standard_only, STANDARD",
    "priority, PRIORITY",
    "Flex, FLEX",
    "ON_DEMAND_PRIORITY, PRIORITY",
    "batch, BATCH",
    "auto, ANY",
    "warp, ANY",
    ", ANY",
  })
  void requestAsksForTheTierThatItNames(String name, ServiceTier tier) {
    assertThat(ServiceTier.requested(Optional.ofNullable(name))).isEqualTo(tier);
  }

  @ParameterizedTest
  @CsvSource({
    "PRIORITY, default, STANDARD",
    "STANDARD, priority, PRIORITY",
    "PRIORITY, , PRIORITY",
    "FLEX, , FLEX",
    "ANY, , STANDARD",
    "STANDARD, warp, ANY",
  })
  void answerIsBilledAtTheTierThatItReports(
      ServiceTier requested, String reported, ServiceTier billed) {
    assertThat(ServiceTier.billed(requested, Optional.ofNullable(reported))).isEqualTo(billed);
  }
}
