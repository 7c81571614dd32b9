package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static io.keyfront.operator.testing.Probe.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.crds.MachineToken;
import io.keyfront.operator.testing.Cluster;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaderTest {
  private static final String SPEC = "format: Opaque\nscopes: [mock]";

  private final Cluster cluster = new Cluster();

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void ofTwoOperatorsOneWorksAndTheOtherTakesOverWhenItEnds() throws Exception {
    cluster.proxy("one");
    OperatorProcess first = elected();
    await().until(first::isLeading);
    OperatorProcess second = elected();
    await().until(second::isReady);

    cluster.apply(MachineToken.class, "ci", SPEC);

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    assertThat(second.isLeading()).isFalse();
    assertThat(get(second, "/readyz")).isEqualTo("200 stands by");
    assertThat(get(first, "/readyz")).isEqualTo("200 leads");
    assertThat(get(first, "/healthz")).isEqualTo("200 ok");
    assertThat(get(first, "/metrics"))
        .contains("keyfront_operator_leading 1.0")
        .contains("keyfront_operator_resources{kind=\"MachineToken\",ready=\"true\"} 1.0")
        .contains("keyfront_operator_publish_seconds_count{part=\"tokens\"}");
    var hash = cluster.hash("ci");
    first.close();
    await().until(second::isLeading);
    cluster.apply(MachineToken.class, "late", SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready("late")).isEqualTo("True Valid"));
    assertThat(cluster.hash("ci")).isEqualTo(hash);
  }

  private OperatorProcess elected() {
    OperatorSettings some = cluster.settings();
    var settings =
        new OperatorSettings(
            some.namespace(),
            some.proxyNamespace(),
            some.watchNamespaces(),
            some.serviceUrl(),
            some.ledger(),
            some.listen(),
            true,
            some.secretSelector(),
            false,
            some.usageTurn(),
            some.signingKeyLifetime());
    return cluster.operator(cluster.client(), settings, Optional.empty());
  }
}
