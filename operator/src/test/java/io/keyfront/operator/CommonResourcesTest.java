package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.ProviderCredentialStatus;
import io.keyfront.operator.report.CredentialReport;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonResourcesTest {
  private static final String OPENAI =
      "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: openai, key: key}}}";

  private final Cluster cluster = new Cluster();

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void credentialIsReadyAsSoonAsItsSecretAppears() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.apply(ProviderCredential.class, "openai", OPENAI);
    await()
        .untilAsserted(
            () -> assertThat(ready(credential().conditions())).isEqualTo("False SecretMissing"));

    cluster.secret("openai", Map.of("key", "sk-fake-1"));

    await()
        .untilAsserted(() -> assertThat(ready(credential().conditions())).isEqualTo("True Valid"));
    assertThat(key(proxy.snapshot())).contains("sk-fake-1");
    assertThat(credential().loadedBy()).isEqualTo("1/1");
    assertThat(credential().fingerprint()).hasSize(12).doesNotContain("sk-");
  }

  /** FACTS 4, item 32. */
  @Test
  void rotatedKeyIsWithTheProxiesInTwoSecondsWithoutARestart() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.secret("openai", Map.of("key", "sk-fake-1"));
    cluster.apply(ProviderCredential.class, "openai", OPENAI);
    await()
        .untilAsserted(() -> assertThat(ready(credential().conditions())).isEqualTo("True Valid"));
    ProviderCredentialStatus before = credential();

    cluster.secret("openai", Map.of("key", "sk-fake-2"));

    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(key(proxy.snapshot())).contains("sk-fake-2"));
    await()
        .untilAsserted(
            () -> assertThat(credential().fingerprint()).isNotEqualTo(before.fingerprint()));
    assertThat(credential().lastRotatedTime()).isNotNull();
  }

  @Test
  void deletedCredentialLeavesTheProxies() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.secret("openai", Map.of("key", "sk-fake-1"));
    cluster.apply(ProviderCredential.class, "openai", OPENAI);
    await().until(() -> key(proxy.snapshot()).isPresent());

    cluster
        .client()
        .resources(ProviderCredential.class)
        .inNamespace(cluster.team())
        .withName("openai")
        .delete();

    await().until(() -> key(proxy.snapshot()).isEmpty());
  }

  @Test
  void aliasesSayWhichOfThemIsOverriddenOrLeadsNowhere() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.apply(ModelAlias.class, "old", alias("fast", "openai", "gpt-4o-mini"));
    await().untilAsserted(() -> assertThat(aliasReady("old")).isEqualTo("True Valid"));
    await().pollDelay(Duration.ofMillis(1100)).until(() -> true);

    cluster.apply(ModelAlias.class, "young", alias("fast", "groq", "llama"));
    cluster.apply(ModelAlias.class, "nowhere", alias("slow", "nobody", "x"));
    cluster.apply(ModelAlias.class, "loop", alias("gpt-4o-mini", "openai", "fast"));

    await().untilAsserted(() -> assertThat(aliasReady("young")).isEqualTo("False Overridden"));
    await()
        .untilAsserted(() -> assertThat(aliasReady("nowhere")).isEqualTo("False UnknownProvider"));
    await().untilAsserted(() -> assertThat(aliasReady("loop")).isEqualTo("True Valid"));
    assertThat(aliasOf("loop").getFirst().getMessage()).contains("not looked up again");
    assertThat(proxy.snapshot().aliases()).extracting("name").contains("old", "loop");
  }

  @Test
  void aliasesOfTheOperatorsNamespaceApplyToAll() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();

    cluster.apply(ModelAlias.class, cluster.system(), "all", alias("*", "mock", "mock"));
    cluster.apply(ModelAlias.class, "own", alias("*", "openai", "gpt-4o"));

    await().until(() -> proxy.snapshot().aliases().size() == 2);
    assertThat(proxy.snapshot().aliases())
        .allSatisfy(rule -> assertThat(rule.global()).isEqualTo(rule.name().equals("all")));
  }

  @Test
  void onlyTheSettingsOfTheOperatorsNamespaceCount() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();

    cluster.apply(KeyfrontSettings.class, cluster.system(), "keyfront", "trustedHops: 2");
    cluster.apply(KeyfrontSettings.class, "keyfront", "trustedHops: 4");

    await()
        .untilAsserted(
            () -> assertThat(settingsReady(cluster.system(), "keyfront")).isEqualTo("True Valid"));
    assertThat(proxy.snapshot().settings().trustedHops()).isEqualTo(2);
    await()
        .untilAsserted(
            () -> assertThat(settingsReady(cluster.team(), "keyfront")).isEqualTo("False Invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec: {}", "", "deleted"})
  void settingsThatAreEmptiedOrDeletedAreTheDefaults(String left) {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    settings("spec: {trustedHops: 2, defaultLimits: {concurrency: 5}}");
    await().until(() -> proxy.snapshot().settings().trustedHops() == 2);

    if (left.equals("deleted")) {
      cluster
          .client()
          .resources(KeyfrontSettings.class)
          .inNamespace(cluster.system())
          .withName("keyfront")
          .delete();
    } else {
      settings(left);
    }

    await().until(() -> proxy.snapshot().settings().trustedHops() == 0);
    assertThat(proxy.snapshot().settings().defaultLimits()).isEqualTo(Limits.NONE);
  }

  /** Server-side, as {@code kubectl apply --server-side}: what is not named any more goes. */
  private void settings(String spec) {
    String yaml =
        "apiVersion: keyfront.io/v1alpha1\nkind: KeyfrontSettings\nmetadata: {namespace: %s, name: keyfront}\n%s"
            .formatted(cluster.system(), spec);
    var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    cluster.client().resource(object).fieldManager("test").serverSideApply();
  }

  @Test
  void defaultLimitsOfTheSettingsReachEveryToken() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.apply(MachineToken.class, "ci", "format: Opaque\nscopes: [mock]");
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));

    cluster.apply(
        KeyfrontSettings.class,
        cluster.system(),
        "keyfront",
        "defaultLimits: {requestsPerMinute: 7}");

    await()
        .untilAsserted(
            () ->
                assertThat(
                        proxy
                            .snapshot()
                            .token(cluster.hash("ci"))
                            .orElseThrow()
                            .identity()
                            .limits()
                            .requestsPerMinute())
                    .hasValue(7));
  }

  private Optional<String> key(Snapshot snapshot) {
    return snapshot
        .credential(new CredentialId(cluster.team(), "openai"))
        .map(one -> one.auth() instanceof Credential.Auth.ApiKey key ? key.key().reveal() : "");
  }

  private static String alias(String model, String provider, String target) {
    return "match: {model: '%s'}\ntargets: [{provider: %s, model: %s, weight: 1, priority: 0}]"
        .formatted(model, provider, target);
  }

  private ProviderCredentialStatus credential() {
    ProviderCredentialStatus status =
        cluster
            .client()
            .resources(ProviderCredential.class)
            .inNamespace(cluster.team())
            .withName("openai")
            .get()
            .getStatus();
    return status == null ? CredentialReport.NOTHING : status;
  }

  private List<Condition> aliasOf(String name) {
    var status =
        cluster
            .client()
            .resources(ModelAlias.class)
            .inNamespace(cluster.team())
            .withName(name)
            .get()
            .getStatus();
    return status == null ? List.of() : status.conditions();
  }

  private String aliasReady(String name) {
    return ready(aliasOf(name));
  }

  private String settingsReady(String namespace, String name) {
    var status =
        cluster
            .client()
            .resources(KeyfrontSettings.class)
            .inNamespace(namespace)
            .withName(name)
            .get()
            .getStatus();
    return status == null ? "" : ready(status.conditions());
  }

  private static String ready(List<Condition> conditions) {
    return Cluster.condition(conditions, "Ready");
  }
}
