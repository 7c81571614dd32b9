package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static io.keyfront.operator.testing.Probe.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.crds.MachineToken;
import io.keyfront.operator.testing.ChartRights;
import io.keyfront.operator.testing.Cluster;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator is there before its roles, or meets an API server that has not read them yet. */
class LateRightsTest {
  private final Cluster cluster = new Cluster();
  private final ChartRights rights = ChartRights.notYet(cluster);

  @AfterEach
  void end() {
    rights.close();
    cluster.close();
  }

  private OperatorProcess begun() {
    OperatorSettings some = cluster.settings();
    var settings =
        new OperatorSettings(
            some.namespace(),
            some.proxyNamespace(),
            Set.of(),
            some.serviceUrl(),
            some.ledger(),
            some.listen(),
            true,
            some.secretSelector(),
            false,
            some.usageTurn(),
            some.signingKeyLifetime());
    OperatorProcess operator = cluster.begin(rights.client(), settings);
    await().until(() -> operator.port() > 0);
    return operator;
  }

  @Test
  void operatorThatMayNothingSaysWhatItLacksAndBeginsWhenItMay() throws Exception {
    cluster.proxy("one");
    cluster.apply(MachineToken.class, "ci", "format: Opaque\nscopes: [mock]");

    OperatorProcess operator = begun();

    await()
        .untilAsserted(
            () ->
                assertThat(get(operator, "/readyz"))
                    .startsWith("503 waits to begin: the API server does not allow it to create")
                    .contains("Lease keyfront-operator in namespace " + cluster.system()));
    assertThat(get(operator, "/healthz")).isEqualTo("200 ok");
    rights.giveNamespaces();
    await()
        .untilAsserted(
            () ->
                assertThat(get(operator, "/readyz"))
                    .isEqualTo("503 not everything was seen yet: resources of Keyfront"));
    rights.giveEverywhere();
    await().until(operator::isLeading);
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    assertThat(get(operator, "/readyz")).isEqualTo("200 leads");
  }

  @Test
  void operatorThatWaitsForItsRightsEndsWhenItIsTold() throws Exception {
    OperatorProcess operator = begun();
    await().untilAsserted(() -> assertThat(get(operator, "/readyz")).contains("waits to begin"));

    operator.waitNoMore();

    await().until(cluster::nobodyBegins);
    assertThat(operator.isLeading()).isFalse();
  }
}
