package io.keyfront.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {
  private static ChaosOptions options(Scenario scenario, long seed) {
    return new ChaosOptions(scenario, seed, Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void theSameSeedGivesTheSamePlanAndAnotherDoesNot(Scenario scenario) {
    Plan plan = Plan.of(options(scenario, 7));

    assertThat(Plan.of(options(scenario, 7))).isEqualTo(plan);
    assertThat(Plan.of(options(scenario, 8))).isNotEqualTo(plan);
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void aMinuteHasEveryKindOfEventWhateverTheSeed(Scenario scenario) {
    for (long seed = 0; seed < 300; seed++) {
      List<String> kinds =
          Plan.of(options(scenario, seed)).steps().stream()
              .map(step -> step.event().kind())
              .collect(Collectors.toList());

      assertThat(kinds).as("seed %d", seed).containsAll(Plan.everyKind(scenario));
    }
  }

  @Test
  void theReportsWordsRepeatTheRun() {
    ChaosOptions options = options(Scenario.FAILOVER, 7);

    assertThat(ChaosOptions.parse(1, options.words().split(" "))).isEqualTo(options);
  }

  @Test
  void anUnknownWordIsNamedWithThoseThatThereAre() {
    assertThatThrownBy(() -> ChaosOptions.parse(1, "--scenario", "fire"))
        .hasMessageContaining("fire")
        .hasMessageContaining("base|failover|empty");
    assertThatThrownBy(() -> ChaosOptions.parse(1, "--sed", "1")).hasMessageContaining("--seed");
    assertThatThrownBy(() -> ChaosOptions.parse(1, "--seed", "x")).hasMessageContaining("number");
  }
}
