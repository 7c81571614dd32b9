package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartValuesTest {
  private static final Path NAMESPACED =
      Path.of("src", "test", "resources", "values", "namespaced.yaml");

  @ParameterizedTest
  @CsvSource({
    "proxy.replica, 3, additional properties 'replica' not allowed",
    "proxy.drainTimeout, 10, /proxy/drainTimeout",
    "redis.appendfsync, never, /redis/appendfsync",
    "watchNamespaces, team, /watchNamespaces",
    "proxyNamespace.name, keyfront-system, need a namespace each",
    "redis.external.ca.configMap, ours, name it in redis.external.secret",
    "redis.external.secret, ours, names a Redis of yours",
    "redis.enabled, false, Proxies share budgets through Redis"
  })
  void refusesWhatWouldNotWork(String name, String value, String why) {
    assertThatThrownBy(() -> Chart.template().set(name, value).call())
        .hasMessageContaining(why.strip());
  }

  @Test
  void everyPodIsNobodyAndWritesNowhere() {
    for (Map<String, Object> pod : pods()) {
      assertThat(mapping(pod, "securityContext"))
          .containsEntry("runAsNonRoot", true)
          .containsEntry("runAsUser", 65532)
          .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
      for (Map<String, Object> container : list(pod, "containers")) {
        assertThat(mapping(container, "securityContext"))
            .isEqualTo(
                Map.of(
                    "allowPrivilegeEscalation", false,
                    "readOnlyRootFilesystem", true,
                    "capabilities", Map.of("drop", List.of("ALL"))));
        assertThat(mapping(mapping(container, "resources"), "limits")).containsKey("memory");
      }
    }
  }

  @Test
  void proxyOutlivesItsLongestStream() {
    Map<String, Object> proxy = pods("proxy.drainTimeout", "1h", "proxy.withdrawSeconds", "20");

    assertThat(proxy).containsEntry("terminationGracePeriodSeconds", 3600 + 20 + 15);
  }

  @Test
  void settingsReachTheOperatorAsAFileFromTheFirstInstallOn() throws IOException {
    String rendered = Chart.rendered(NAMESPACED);

    GenericKubernetesResource given = named(rendered, "ConfigMap", "keyfront-settings");
    Map<String, Object> data = mapping(given.getAdditionalProperties(), "data");
    assertThat(new ObjectMapper().readTree(String.valueOf(data.get("spec.json"))))
        .isEqualTo(new ObjectMapper().readTree("{\"trustedHops\":1}"));
    Map<String, Object> operator = podOf(named(rendered, "Deployment", "keyfront-operator"));
    assertThat(list(operator, "volumes"))
        .contains(
            Map.of(
                "name",
                "settings",
                "configMap",
                Map.of("name", "keyfront-settings", "optional", true)));
    assertThat(Chart.objects(rendered))
        .extracting(GenericKubernetesResource::getKind)
        .doesNotContain("KeyfrontSettings");
  }

  @Test
  void kubernetesThatDoesNotKnowTheRulesOfTheTypesIsRefused() {
    assertThatThrownBy(() -> Chart.template().withKubeVersion("1.31.14").call())
        .hasMessageContaining("kubeVersion");
    assertThat(Chart.template().withKubeVersion("1.32.0").call()).isNotEmpty();
  }

  @Test
  void notesSayWhatStaysInANamespaceThatIsNotTheCharts(@TempDir Path folder) throws IOException {
    Path values = folder.resolve("values.yaml");
    Files.writeString(values, "proxyNamespace: {create: false, name: elsewhere}\n");
    Path chart = Files.createDirectory(folder.resolve("chart"));

    assertThat(ChartCopy.in(chart).notes(values))
        .contains("COPIES OF PROVIDERS' KEYS")
        .contains("kubectl -n elsewhere delete secrets -l " + "keyfront.io/snapshot");
  }

  /** Helm leaves out of what it renders here what is run by {@code helm test} alone. */
  @Test
  void testIsRunWhereResourcesCountWithNothingButItsToken(@TempDir Path folder) throws IOException {
    String hooked = Files.readString(Chart.FOLDER.resolve("templates").resolve("test.yaml"));
    ChartCopy copy = ChartCopy.in(folder);
    copy.withoutHooks("test.yaml");

    String rendered = copy.rendered(NAMESPACED);

    assertThat(hooked.split("helm.sh/hook: test", -1)).hasSize(3);
    for (String kind : List.of("MachineToken", "Pod")) {
      assertThat(named(rendered, kind, "keyfront-test").getMetadata().getNamespace())
          .isEqualTo("team-red");
    }
    Map<String, Object> pod =
        mapping(named(rendered, "Pod", "keyfront-test").getAdditionalProperties(), "spec");
    assertThat(pod).containsEntry("automountServiceAccountToken", false);
    assertThat(list(pod, "containers").getFirst())
        .containsEntry("args", List.of("probe", "--within=60s"))
        .containsEntry("envFrom", List.of(Map.of("secretRef", Map.of("name", "keyfront-test"))));
  }

  private static GenericKubernetesResource named(String rendered, String kind, String name) {
    return Chart.objects(rendered).stream()
        .filter(object -> object.getKind().equals(kind))
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> pods(String... settings) {
    var template = Chart.template();
    for (int i = 0; i < settings.length; i += 2) {
      template.set(settings[i], settings[i + 1]);
    }
    return Chart.objects(template.call()).stream()
        .filter(object -> object.getMetadata().getName().equals("keyfront-proxy"))
        .filter(object -> object.getKind().equals("Deployment"))
        .map(ChartValuesTest::podOf)
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, Object>> pods() {
    List<Map<String, Object>> pods =
        Chart.objects(Chart.template().call()).stream()
            .filter(object -> List.of("Deployment", "StatefulSet").contains(object.getKind()))
            .map(ChartValuesTest::podOf)
            .toList();
    assertThat(pods).hasSize(3);
    return pods;
  }

  private static Map<String, Object> podOf(GenericKubernetesResource object) {
    return mapping(mapping(mapping(object.getAdditionalProperties(), "spec"), "template"), "spec");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapping(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.getOrDefault(name, Map.of());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> parent, String name) {
    return (List<Map<String, Object>>) parent.getOrDefault(name, List.of());
  }
}
