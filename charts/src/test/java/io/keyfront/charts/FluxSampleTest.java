package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sample's objects name is made by the sample, or is in this repository. */
class FluxSampleTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SAMPLE = ROOT.resolve(Path.of("samples", "cluster", "gitops-flux"));
  private static final String SYSTEM = "keyfront-system";

  private final List<GenericKubernetesResource> objects = objects(SAMPLE);

  @Test
  void whatAKustomizationWaitsForIsThere() {
    List<GenericKubernetesResource> kustomizations = of("Kustomization");

    assertThat(kustomizations)
        .hasSize(2)
        .allSatisfy(
            one -> {
              if (has(one, "dependsOn")) {
                assertThat(names("Kustomization")).contains(text(one, "dependsOn", 0, "name"));
              }
              assertThat(names("GitRepository")).contains(text(one, "sourceRef", "name"));
              assertThat(ROOT.resolve(text(one, "path"))).isDirectory();
            });
  }

  @Test
  void releaseIsAppliedIntoANamespaceThatIsMadeBesideIt() {
    GenericKubernetesResource release = of("HelmRelease").getFirst();

    assertThat(release.getMetadata().getNamespace()).isEqualTo(SYSTEM);
    assertThat(names("Namespace")).contains(SYSTEM);
    assertThat(ROOT.resolve(text(release, "chart", "spec", "chart"))).isDirectory();
    assertThat(names("GitRepository"))
        .contains(text(release, "chart", "spec", "sourceRef", "name"));
    assertThat(of("Kustomization"))
        .extracting(one -> ROOT.resolve(text(one, "path")).normalize())
        .contains(SAMPLE.resolve("install").normalize());
  }

  @Test
  void valuesOfTheReleaseAreTaken() throws IOException {
    Object values = of("HelmRelease").getFirst().get("spec", "values");
    Path file = Files.createTempFile("values", ".yaml");
    try {
      Files.writeString(file, Serialization.asYaml(values));
      assertThat(Chart.rendered(file)).contains("images.example.com/keyfront/keyfront-dataplane");
    } finally {
      Files.delete(file);
    }
  }

  private List<GenericKubernetesResource> of(String kind) {
    return objects.stream().filter(object -> object.getKind().equals(kind)).toList();
  }

  private List<String> names(String kind) {
    return of(kind).stream().map(object -> object.getMetadata().getName()).toList();
  }

  private static boolean has(GenericKubernetesResource object, Object... path) {
    return object.get(inSpec(path)) != null;
  }

  private static String text(GenericKubernetesResource object, Object... path) {
    Object found = object.get(inSpec(path));
    return Objects.requireNonNull(found).toString();
  }

  private static Object[] inSpec(Object... path) {
    return Stream.concat(Stream.of("spec"), Stream.of(path)).toArray();
  }

  private static List<GenericKubernetesResource> objects(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> Chart.objects(text(file)).stream())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
