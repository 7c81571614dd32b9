package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.ProviderCredentialStatus;
import io.keyfront.operator.report.CredentialReport;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import io.keyfront.snapshot.PartName;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.Fault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that end, keys that a provider refuses, and providers of one's own. */
class CredentialLifeTest {
  private static final String KEY =
      "auth: {apiKey: {secretRef: {name: openai, key: key}}}\nweight: 1";

  private final Cluster cluster = new Cluster();
  private final FakeProvider provider = FakeProvider.start();

  @AfterEach
  void end() {
    cluster.close();
    provider.close();
  }

  @Test
  void keyThatEndsIsDueThenExpiredWithoutAnybodyTouchingIt() {
    FakeProxy proxy = cluster.proxy("one");
    OperatorProcess operator = cluster.operator();
    Instant end = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
    cluster.secret("openai", Map.of("key", "sk-fake-1"));

    cluster.apply(
        ProviderCredential.class, "openai", "provider: openai\nexpiresAt: '" + end + "'\n" + KEY);

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True Valid"));
    assertThat(status().expiresAt()).isEqualTo(end.toString());
    assertThat(Instant.parse(String.valueOf(status().renewalTime()))).isBefore(end);
    assertThat(inUse(proxy).flatMap(Credential::expiresAt)).contains(end);
    await().untilAsserted(() -> assertThat(condition("RenewalDue")).isEqualTo("True RenewalDue"));
    await().untilAsserted(() -> assertThat(ready()).isEqualTo("False Expired"));
    await().untilAsserted(() -> assertThat(events()).contains("RenewalDue", "Expired"));
    assertThat(operator.metrics().scrape()).contains("keyfront_operator_credentials_expired 1.0");

    cluster.apply(
        ProviderCredential.class,
        "openai",
        "provider: openai\nexpiresAt: '" + end.plus(365, ChronoUnit.DAYS) + "'\n" + KEY);

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True Valid"));
    assertThat(condition("RenewalDue")).isEqualTo("False Valid");
    assertThat(operator.metrics().scrape())
        .contains("keyfront_operator_credentials_expired 0.0")
        .containsPattern("keyfront_operator_credential_seconds_to_end 3\\.15\\d*E7");
  }

  @Test
  void keyThatTheProviderRefusesIsSaidAndAnotherOneHeals() {
    cluster.proxy("one");
    cluster.operator(cluster.client(), cluster.onLoopback(), Optional.empty());
    provider.acceptOnly("sk-fake-good");
    cluster.secret("openai", Map.of("key", "sk-fake-bad"));

    cluster.apply(ProviderCredential.class, "openai", checked());

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("False AuthFailed"));
    assertThat(status().conditions().getFirst().getMessage())
        .contains("Secret openai")
        .doesNotContain("sk-fake");
    await().untilAsserted(() -> assertThat(events()).contains("AuthFailed"));

    cluster.secret("openai", Map.of("key", "sk-fake-good"));

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True Valid"));
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void providerThatCannotTellLeavesTheCredentialReady() {
    cluster.proxy("one");
    cluster.operator(cluster.client(), cluster.onLoopback(), Optional.empty());
    provider.script(new Fault.Status(503));
    cluster.secret("openai", Map.of("key", "sk-fake-1"));

    cluster.apply(ProviderCredential.class, "openai", checked());

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True ValidationUnknown"));
  }

  @Test
  void nobodyIsAskedUnlessTheCredentialWantsIt() {
    cluster.proxy("one");
    cluster.operator(cluster.client(), cluster.onLoopback(), Optional.empty());
    provider.acceptOnly("sk-fake-good");
    cluster.secret("openai", Map.of("key", "sk-fake-bad"));

    cluster.apply(ProviderCredential.class, "openai", checked().replace("validate: true\n", ""));

    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True Valid"));
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void providerOfOnesOwnIsReadyOnlyWhenProxiesKnowTheProviderToo() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.secret("openai", Map.of("key", "sk-fake-1"));
    cluster.apply(ProviderCredential.class, "known", "provider: openai\n" + KEY);
    await().untilAsserted(() -> assertThat(condition("known", "Ready")).isEqualTo("True Valid"));
    proxy.deafTo(PartName.BASE);

    cluster.apply(
        ProviderCredential.class,
        "openai",
        "provider: llama\nendpoint: https://llama.example\nprotocol: openai-chat\n" + KEY);

    await().until(() -> inUse(proxy).isPresent());
    await().untilAsserted(() -> assertThat(ready()).isEqualTo("False NotLoaded"));
    assertThat(status().loadedBy()).isEqualTo("0/1");
    assertThat(condition("known", "Ready")).isEqualTo("True Valid");
    proxy.listen();
    await().untilAsserted(() -> assertThat(ready()).isEqualTo("True Valid"));
    assertThat(status().loadedBy()).isEqualTo("1/1");
  }

  private String checked() {
    return "provider: openai\nvalidate: true\nendpoint: %s\n%s".formatted(provider.uri(), KEY);
  }

  private Optional<Credential> inUse(FakeProxy proxy) {
    return proxy.snapshot().credential(new CredentialId(cluster.team(), "openai"));
  }

  private String ready() {
    return condition("Ready");
  }

  private String condition(String type) {
    return condition("openai", type);
  }

  private String condition(String name, String type) {
    return Cluster.condition(status(name).conditions(), type);
  }

  private ProviderCredentialStatus status() {
    return status("openai");
  }

  private ProviderCredentialStatus status(String name) {
    ProviderCredentialStatus status =
        cluster
            .client()
            .resources(ProviderCredential.class)
            .inNamespace(cluster.team())
            .withName(name)
            .get()
            .getStatus();
    return status == null ? CredentialReport.NOTHING : status;
  }

  private List<String> events() {
    return cluster.client().v1().events().inNamespace(cluster.team()).list().getItems().stream()
        .map(event -> event.getReason())
        .toList();
  }
}
