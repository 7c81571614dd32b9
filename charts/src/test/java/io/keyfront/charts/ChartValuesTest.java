package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartValuesTest {

  @ParameterizedTest
  @CsvSource({
    "proxy.replica, 3, additional properties 'replica' not allowed",
    "proxy.drainTimeout, 10, /proxy/drainTimeout",
    "redis.appendfsync, never, /redis/appendfsync",
    "watchNamespaces, team, /watchNamespaces",
    "proxyNamespace.name, keyfront-system, need a namespace each",
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
