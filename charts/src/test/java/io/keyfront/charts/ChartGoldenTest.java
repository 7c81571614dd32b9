package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.GoldenFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartGoldenTest {
  private static final Path VALUES = Path.of("src", "test", "resources", "values");
  private static final GoldenFolder GOLDEN = GoldenFolder.ofTestResources("golden/chart");

  @ParameterizedTest
  @ValueSource(strings = {"defaults", "large", "namespaced"})
  void rendersAsItDidBefore(String values) {
    String rendered = Chart.rendered(VALUES.resolve(values + ".yaml"));

    GOLDEN.assertMatches(values + ".yaml", withoutTypes(rendered));
  }

  /** Helm leaves out of what it renders here what is run by {@code helm test} alone. */
  @ParameterizedTest
  @ValueSource(strings = {"defaults", "large", "namespaced"})
  void testRendersAsItDidBefore(String values, @TempDir Path folder) throws IOException {
    ChartCopy copy = ChartCopy.in(folder);
    copy.withoutHooks("test.yaml");

    GOLDEN.assertMatches(
        values + "-test.yaml", copy.rendered(VALUES.resolve(values + ".yaml"), "test.yaml"));
  }

  /** Helm prints them when it installs, and not when it renders. */
  @ParameterizedTest
  @ValueSource(strings = {"defaults", "large", "namespaced"})
  void notesSayAsTheyDidBefore(String values, @TempDir Path folder) throws IOException {
    ChartCopy copy = ChartCopy.in(folder);

    GOLDEN.assertMatches(values + "-notes.txt", copy.notes(VALUES.resolve(values + ".yaml")));
  }

  @Test
  void helmFindsNothingToWarnOf() {
    var result = Chart.helm().lint().strict().call();

    assertThat(result.isFailed()).describedAs("%s", result.getMessages()).isFalse();
  }

  @AfterAll
  static void everyExpectationIsUsed() {
    GOLDEN.assertAllUsed();
  }

  /** The resource types are compared by {@link ResourceTypesTest}. */
  private static String withoutTypes(String rendered) {
    StringBuilder kept = new StringBuilder();
    for (String document : rendered.split("(?m)^(?=---$)")) {
      if (!document.contains("kind: CustomResourceDefinition")) {
        kept.append(document);
      }
    }
    return kept.toString();
  }
}
