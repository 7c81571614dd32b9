package io.keyfront.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.crds.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelSelectorTest {
  private static final Map<String, String> RED = Map.of("team", "red", "stage", "prod");
  private static final Map<String, String> NONE = Map.of();

  @Test
  void emptySelectorMatchesEverything() {
    var selector = new LabelSelector(Map.of(), List.of());

    assertThat(selector.isEmpty()).isTrue();
    assertThat(selector.matches(RED)).isTrue();
    assertThat(selector.matches(NONE)).isTrue();
  }

  @Test
  void labelsMustBeThereWithTheirValues() {
    assertThat(new LabelSelector(Map.of("team", "red"), List.of()).matches(RED)).isTrue();
    assertThat(new LabelSelector(Map.of("team", "blue"), List.of()).matches(RED)).isFalse();
    assertThat(new LabelSelector(Map.of("team", "red"), List.of()).matches(NONE)).isFalse();
  }

  @Test
  void operatorsDecideAsInKubernetes() {
    assertThat(matches("In", List.of("red", "blue"), RED)).isTrue();
    assertThat(matches("In", List.of("blue"), RED)).isFalse();
    assertThat(matches("In", List.of("red"), NONE)).isFalse();
    assertThat(matches("NotIn", List.of("red"), RED)).isFalse();
    assertThat(matches("NotIn", List.of("blue"), RED)).isTrue();
    assertThat(matches("NotIn", List.of("red"), NONE)).isTrue();
    assertThat(matches("Exists", List.of(), RED)).isTrue();
    assertThat(matches("Exists", List.of(), NONE)).isFalse();
    assertThat(matches("DoesNotExist", List.of(), RED)).isFalse();
    assertThat(matches("DoesNotExist", List.of(), NONE)).isTrue();
  }

  @Test
  void everyPartMustHold() {
    var selector =
        new LabelSelector(
            Map.of("team", "red"), List.of(new Requirement("stage", "In", List.of("test"))));

    assertThat(selector.matches(RED)).isFalse();
  }

  @Test
  void operatorThatIsNoneMatchesNothing() {
    assertThat(matches("Is", List.of("red"), RED)).isFalse();
  }

  @Test
  void wrongPartsAreNamed() {
    var selector =
        new LabelSelector(
            Map.of(),
            List.of(
                new Requirement("", "In", List.of()),
                new Requirement("team", "Exists", List.of("red")),
                new Requirement("team", "Is", List.of())));

    assertThat(selector.problems())
        .extracting(Problem::field)
        .containsExactly(
            "matchExpressions[0].key",
            "matchExpressions[0].values",
            "matchExpressions[1].values",
            "matchExpressions[2].operator");
  }

  private static boolean matches(String operator, List<String> values, Map<String, String> labels) {
    return new LabelSelector(Map.of(), List.of(new Requirement("team", operator, values)))
        .matches(labels);
  }
}
