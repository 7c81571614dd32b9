package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResourceTypesTest {
  private static final Path MADE =
      Path.of("..", "crds", "src", "main", "resources", "io", "keyfront", "crds");
  private static final Path SHIPPED = Chart.FOLDER.resolve("resource-types");

  @Test
  void theChartShipsTheTypesThatWereMade() throws IOException {
    assertThat(files(SHIPPED))
        .describedAs("cp %s/*.yaml charts/%s/ brings them up to date", MADE, SHIPPED)
        .isEqualTo(files(MADE));
    for (String file : files(MADE)) {
      assertThat(SHIPPED.resolve(file))
          .describedAs("cp %s/*.yaml charts/%s/ brings it up to date", MADE, SHIPPED)
          .hasSameTextualContentAs(MADE.resolve(file));
    }
  }

  @Test
  void typesOutliveTheChart() {
    List<GenericKubernetesResource> types =
        Chart.objects(Chart.template().call()).stream()
            .filter(object -> object.getKind().equals("CustomResourceDefinition"))
            .toList();

    assertThat(types).isNotEmpty();
    assertThat(types)
        .allSatisfy(
            type ->
                assertThat(type.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/resource-policy", "keep"));
  }

  @Test
  void typesCanBeLeftToSomebodyElse() {
    String rendered = Chart.template().set("crds.install", "false").call();

    assertThat(Chart.objects(rendered))
        .extracting(GenericKubernetesResource::getKind)
        .doesNotContain("CustomResourceDefinition")
        .contains("Deployment");
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
