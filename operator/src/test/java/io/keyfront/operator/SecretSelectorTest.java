package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --secret-selector}: only Secrets with these labels can be referred to. */
class SecretSelectorTest {
  private static final String LABEL = "keyfront.io/secret";

  private final Cluster cluster = new Cluster();
  private final FakeProxy proxy = cluster.proxy("one");

  @BeforeEach
  void start() {
    OperatorSettings some = cluster.settings();
    cluster.operator(
        cluster.client(),
        new OperatorSettings(
            some.namespace(),
            some.proxyNamespace(),
            some.watchNamespaces(),
            some.serviceUrl(),
            some.ledger(),
            some.listen(),
            some.leaderElection(),
            Optional.of(LABEL + "=true"),
            some.loopbackEndpoints(),
            some.usageTurn(),
            some.signingKeyLifetime()),
        Optional.empty());
    cluster.apply(
        ProviderCredential.class,
        "openai",
        "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: openai, key: key}}}");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void secretWithoutTheLabelIsNotThereUntilItIsLabelled() {
    cluster.secret("openai", Map.of("key", "sk-fake-1"));
    await().untilAsserted(() -> assertThat(ready()).isEqualTo("False SecretMissing"));

    label("true");

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True Valid"));
    assertThat(key()).contains("sk-fake-1");
  }

  @Test
  void secretThatLosesItsLabelIsUsedNoMore() {
    cluster.secret("openai", Map.of("key", "sk-fake-1"));
    label("true");
    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True Valid"));

    label("false");

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("False SecretMissing"));
    await().until(() -> key().isEmpty());
  }

  @Test
  void labelledSecretIsFollowedWhenItsKeyChanges() {
    cluster.secret("openai", Map.of("key", "sk-fake-1"));
    label("true");
    await().until(() -> key().equals(Optional.of("sk-fake-1")));

    cluster.secret("openai", Map.of("key", "sk-fake-2"));

    await().until(() -> key().equals(Optional.of("sk-fake-2")));
  }

  @Test
  void mintedSecretsNeedNoLabelOfAnybodys() {
    cluster.apply(MachineToken.class, "ci", "format: Opaque\nscopes: [mock]");

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    String first = cluster.plaintext("ci");
    cluster.client().secrets().inNamespace(cluster.team()).withName("ci").delete();

    await()
        .until(() -> !cluster.plaintext("ci").isEmpty() && !cluster.plaintext("ci").equals(first));
  }

  private void label(String value) {
    cluster
        .client()
        .secrets()
        .inNamespace(cluster.team())
        .withName("openai")
        .edit(
            secret -> {
              secret.getMetadata().setLabels(Map.of(LABEL, value));
              return secret;
            });
  }

  private Optional<String> key() {
    return proxy
        .snapshot()
        .credential(new CredentialId(cluster.team(), "openai"))
        .map(one -> one.auth() instanceof Credential.Auth.ApiKey key ? key.key().reveal() : "");
  }

  private String ready() {
    var status =
        cluster
            .client()
            .resources(ProviderCredential.class)
            .inNamespace(cluster.team())
            .withName("openai")
            .get()
            .getStatus();
    return Cluster.condition(status == null ? List.of() : status.conditions(), "Ready");
  }
}
