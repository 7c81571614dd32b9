package io.keyfront.charts;

import static java.util.Objects.requireNonNull;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A copy of the chart that renders what Helm shows at other times only. */
final class ChartCopy {
  private final Path folder;

  private ChartCopy(Path folder) {
    this.folder = folder;
  }

  static ChartCopy in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path there = folder.resolve(Chart.FOLDER.relativize(file).toString());
        Files.createDirectories(requireNonNull(there.getParent()));
        Files.copy(file, there);
      }
    }
    return new ChartCopy(folder);
  }

  /** Makes objects of a template like all others. */
  void withoutHooks(String template) throws IOException {
    Path file = folder.resolve("templates").resolve(template);
    Files.writeString(file, Files.readString(file).replaceAll("(?m)^ +helm.sh/hook.*\\n", ""));
  }

  String rendered(Path values) {
    return new Helm(folder)
        .template()
        .withName("keyfront")
        .withNamespace("keyfront-system")
        .withKubeVersion(Chart.CLUSTER)
        .set("redis.password", "fakePassword")
        .withValuesFile(values)
        .call();
  }

  /** What one template makes. */
  String rendered(Path values, String template) {
    String source = "# Source: keyfront/templates/" + template + "\n";
    return Stream.of(rendered(values).split("(?m)^(?=---$)"))
        .filter(document -> document.contains(source))
        .collect(Collectors.joining());
  }

  /** What Helm says after it installed. */
  String notes(Path values) throws IOException {
    Path templates = folder.resolve("templates");
    Files.move(templates.resolve("NOTES.txt"), folder.resolve("notes.txt"));
    Files.writeString(
        templates.resolve("notes.yaml"),
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: notes}
        data:
          notes: {{ tpl (.Files.Get "notes.txt") . | toJson }}
        """);
    GenericKubernetesResource made =
        Chart.objects(rendered(values, "notes.yaml")).stream().findFirst().orElseThrow();
    Map<?, ?> data = (Map<?, ?>) requireNonNull(made.getAdditionalProperties().get("data"));
    return requireNonNull(data.get("notes")).toString();
  }
}
