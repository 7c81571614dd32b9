package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.operator.testing.ChartRights;
import io.keyfront.operator.testing.Cluster;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator runs with the rights that the chart gives, and they give it no more than that. */
class RbacTest {
  private static final String SPEC = "format: Opaque\nscopes: [mock]";

  private final Cluster cluster = new Cluster();
  private final ChartRights rights = ChartRights.everywhere(cluster);
  private final KubernetesClient operator = rights.client();

  @AfterEach
  void end() {
    rights.close();
    cluster.close();
  }

  @Test
  void rightsOfTheChartAreEnoughForAWholeLife() {
    cluster.proxy("one");
    OperatorProcess process = cluster.operator(operator, everywhere(), Optional.empty());
    await().until(process::isLeading);

    cluster.secret("openai", Map.of("key", "sk-fake"));
    cluster.apply(
        ProviderCredential.class,
        "openai",
        "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: openai, key: key}}}");
    cluster.apply(MachineToken.class, "ci", SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    cluster.apply(MachineToken.class, "signed", "format: JWT\nscopes: [mock]\nttl: 1h");
    await().untilAsserted(() -> assertThat(cluster.ready("signed")).isEqualTo("True Valid"));
    cluster.secret("ci", Map.of("OPENAI_BASE_URL", "https://elsewhere.example"));
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.data("ci"))
                    .containsEntry("OPENAI_BASE_URL", Cluster.SERVICE + "/openai/v1"));
    cluster.apply(MachineToken.class, "ci", SPEC + "\nrevoked: true");
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False Revoked"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        cluster
                            .client()
                            .v1()
                            .events()
                            .inNamespace(cluster.team())
                            .list()
                            .getItems())
                    .anyMatch(event -> "Revoked".equals(event.getReason())));
    cluster.client().resource(cluster.token("ci")).delete();
    await()
        .until(
            () ->
                cluster
                        .client()
                        .resources(MachineToken.class)
                        .inNamespace(cluster.team())
                        .withName("ci")
                        .get()
                    == null);
  }

  @Test
  void whatIsNotGivenIsRefused() {
    MachineToken token = cluster.apply(MachineToken.class, "ci", SPEC);
    rightsAreKnown();

    refused(() -> operator.resource(token).delete());
    refused(() -> operator.pods().inNamespace(cluster.team()).list());
    refused(() -> operator.configMaps().inNamespace(cluster.system()).list());
    refused(() -> operator.rbac().clusterRoles().list());
    refused(() -> operator.leases().inNamespace(cluster.system()).withName("other").get());
    refused(
        () ->
            operator.leases().inNamespace(cluster.proxies()).withName("keyfront-proxy-x").delete());
    refused(() -> operator.namespaces().withName(cluster.team()).delete());
    refused(() -> operator.v1().events().inNamespace(cluster.team()).list());
    refused(() -> operator.apiextensions().v1().customResourceDefinitions().list());
  }

  @Test
  void rightsTakenAwayAtRunTimeAreSaidAndHeal() {
    cluster.proxy("one");
    OperatorProcess process = cluster.operator(operator, everywhere(), Optional.empty());
    await().until(process::isReady);
    rights.changeSecrets(rule -> rule.getVerbs().remove("create"));

    cluster.apply(MachineToken.class, "ci", SPEC);

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False Forbidden"));
    assertThat(process.metrics().scrape())
        .contains("keyfront_operator_reconcile_errors_total")
        .contains("reason=\"FORBIDDEN\"");
    assertThat(process.isReady()).isTrue();
    rights.changeSecrets(rule -> rule.getVerbs().add("create"));
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
  }

  /** The API server learns of a role a moment after it took it: a no before that proves nothing. */
  private void rightsAreKnown() {
    await()
        .untilAsserted(
            () ->
                assertThatCode(
                        () -> {
                          operator.resources(MachineToken.class).inAnyNamespace().list();
                          operator.leases().inNamespace(cluster.proxies()).list();
                          operator
                              .leases()
                              .inNamespace(cluster.system())
                              .withName(OperatorSettings.LEADER)
                              .get();
                        })
                    .doesNotThrowAnyException());
  }

  private OperatorSettings everywhere() {
    OperatorSettings some = cluster.settings();
    return new OperatorSettings(
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
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(403));
  }
}
