package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.KeyfrontSettingsStatus;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.operator.testing.ChartRights;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator of one namespace, with Roles there and no right in the cluster. */
class NamespacedModeTest {
  private static final String TOKEN = "format: Opaque\nscopes: [mock]";

  private final Cluster cluster = new Cluster();
  private final ChartRights rights = ChartRights.ofTheTeam(cluster);

  @AfterEach
  void end() {
    rights.close();
    cluster.close();
  }

  private OperatorProcess operator() {
    OperatorSettings some = cluster.settings();
    return cluster.operator(
        rights.client(),
        new OperatorSettings(
            some.namespace(),
            some.proxyNamespace(),
            Set.of(cluster.team()),
            some.serviceUrl(),
            some.ledger(),
            some.listen(),
            true,
            some.secretSelector(),
            some.loopbackEndpoints(),
            some.usageTurn(),
            some.signingKeyLifetime()),
        Optional.empty());
  }

  @Test
  void rolesAloneAreEnoughForTokensAndCredentials() {
    FakeProxy proxy = cluster.proxy("one");
    OperatorProcess operator = operator();
    cluster.secret("openai", Map.of("key", "sk-fake"));

    cluster.apply(
        ProviderCredential.class,
        "openai",
        "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: openai, key: key}}}");
    cluster.apply(MachineToken.class, "ci", TOKEN);

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    await()
        .until(
            () ->
                proxy
                    .snapshot()
                    .credential(new CredentialId(cluster.team(), "openai"))
                    .isPresent());
    assertThat(proxy.snapshot().token(cluster.hash("ci"))).isPresent();
    assertThat(operator.metrics().scrape()).doesNotContain("keyfront_operator_watch_errors_total{");
  }

  @Test
  void settingsOfItsOwnNamespaceAndTheirSecretsCountAlthoughItIsNotWatched() {
    FakeProxy proxy = cluster.proxy("one");
    operator();
    cluster.apply(
        KeyfrontSettings.class,
        cluster.system(),
        "keyfront",
        "trustedHops: 2\njwt: {secretRef: {name: signing, key: session}}");
    await().untilAsserted(() -> assertThat(settingsReady()).isEqualTo("False SecretMissing"));

    signingSecret("a-fake-secret-of-32-bytes-or-more-1");

    await().untilAsserted(() -> assertThat(settingsReady()).isEqualTo("True Valid"));
    assertThat(proxy.snapshot().settings().trustedHops()).isEqualTo(2);
    assertThat(proxy.snapshot().settings().issuers()).hasSize(1);
    var before = proxy.snapshot().settings().issuers();

    signingSecret("a-fake-secret-of-32-bytes-or-more-2");

    await()
        .untilAsserted(
            () -> assertThat(proxy.snapshot().settings().issuers()).isNotEqualTo(before));
  }

  @Test
  void whatIsInOtherNamespacesIsNotTouched() {
    FakeProxy proxy = cluster.proxy("one");
    operator();
    String other = cluster.server().freshNamespace();
    cluster.apply(MachineToken.class, other, "stranger", TOKEN);
    cluster.apply(MachineToken.class, "ci", TOKEN);

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));

    assertThat(cluster.client().secrets().inNamespace(other).list().getItems()).isEmpty();
    MachineToken stranger =
        cluster
            .client()
            .resources(MachineToken.class)
            .inNamespace(other)
            .withName("stranger")
            .get();
    assertThat(stranger.getStatus()).isNull();
    assertThat(stranger.getMetadata().getFinalizers()).isEmpty();
    assertThat(proxy.snapshot().tokens().size()).isEqualTo(1);
  }

  private void signingSecret(String text) {
    cluster
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(cluster.system())
                .withName("signing")
                .endMetadata()
                .withStringData(Map.of("session", text))
                .build())
        .fieldManager("test")
        .forceConflicts()
        .serverSideApply();
  }

  private String settingsReady() {
    KeyfrontSettingsStatus status =
        cluster
            .client()
            .resources(KeyfrontSettings.class)
            .inNamespace(cluster.system())
            .withName("keyfront")
            .get()
            .getStatus();
    return Cluster.condition(status == null ? List.of() : status.conditions(), "Ready");
  }
}
