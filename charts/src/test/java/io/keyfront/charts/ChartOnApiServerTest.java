package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.crds.testing.RealApiServer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartOnApiServerTest {
  /** Kinds of operators that a cluster may have or not. */
  private static final Set<String> FOREIGN =
      Set.of("ServiceMonitor", "PrometheusRule", "Certificate");

  @ParameterizedTest
  @ValueSource(strings = {"defaults", "large", "namespaced"})
  void everyObjectIsTaken(String values) {
    KubernetesClient client = RealApiServer.get().withCrds().client();
    for (String namespace : Set.of("keyfront-system", "keyfront", "team-red", "team-blue")) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(namespace).and().build())
          .serverSideApply();
    }
    Path file = Path.of("src", "test", "resources", "values", values + ".yaml");

    for (GenericKubernetesResource object : Chart.objects(Chart.rendered(file))) {
      if (!FOREIGN.contains(object.getKind())) {
        assertThatCode(() -> client.resource(object).dryRun().forceConflicts().serverSideApply())
            .describedAs("%s %s", object.getKind(), object.getMetadata().getName())
            .doesNotThrowAnyException();
      }
    }
  }
}
