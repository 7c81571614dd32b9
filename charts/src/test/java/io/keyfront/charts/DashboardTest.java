package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
  private static final Pattern METRIC = Pattern.compile("\\b(keyfront|gen_ai)_[a-z_]+");
  private static final Path DOCS = Path.of("..", "docs");

  @ParameterizedTest
  @ValueSource(strings = {"dashboards/keyfront.json", "templates/monitoring/rules.yaml"})
  void asksForMetricsThatThereAre(String file) throws IOException {
    Set<String> asked = metrics(Chart.FOLDER.resolve(file));

    assertThat(asked).isNotEmpty();
    Set<String> documented = metrics(DOCS.resolve("serve.md"));
    documented.addAll(metrics(DOCS.resolve("operations.md")));
    assertThat(documented).containsAll(asked);
  }

  /** What the page says is worth an alert has one. */
  @Test
  void everyMetricToAlertOnHasItsRule() throws IOException {
    Set<String> ruled = metrics(Chart.FOLDER.resolve("templates/monitoring/rules.yaml"));

    Set<String> toAlertOn = new TreeSet<>();
    for (String page : List.of("operations.md", "serve.md")) {
      for (String line : Files.readAllLines(DOCS.resolve(page))) {
        if (line.startsWith("| `keyfront_") && line.contains("alert on")) {
          METRIC.matcher(line).results().forEach(found -> toAlertOn.add(found.group()));
        }
      }
    }

    assertThat(toAlertOn).hasSizeGreaterThan(5);
    assertThat(ruled).containsAll(toAlertOn);
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
