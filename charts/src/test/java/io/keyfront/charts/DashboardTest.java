package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
  private static final Pattern METRIC = Pattern.compile("\\b(keyfront|gen_ai)_[a-z_]+");
  private static final Path DOCUMENTED = Path.of("..", "docs", "serve.md");

  @ParameterizedTest
  @ValueSource(strings = {"dashboards/keyfront.json", "templates/monitoring/rules.yaml"})
  void asksForMetricsThatThereAre(String file) throws IOException {
    Set<String> asked = metrics(Chart.FOLDER.resolve(file));

    assertThat(asked).isNotEmpty();
    assertThat(metrics(DOCUMENTED)).containsAll(asked);
  }

  /** Without what Prometheus adds to a histogram's name. */
  private static Set<String> metrics(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher found = METRIC.matcher(Files.readString(file));
    while (found.find()) {
      names.add(found.group().replaceAll("_(bucket|sum|count)$", ""));
    }
    return names;
  }
}
