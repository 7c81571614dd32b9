package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one object does wrong is said of it, and hurts no other. */
class HostileTest {
  private static final String SPEC = "format: Opaque\nscopes: [mock]";

  private final Cluster cluster = new Cluster();

  @AfterEach
  void end() {
    cluster.close();
  }

  /** Without a proxy, as one that comes has everything looked at. */
  @Test
  void secretThatIsNotOursIsNeverOverwrittenAndItsEndIsNoticed() {
    cluster.secret("theirs", Map.of("password", "fake"));
    cluster.operator();

    cluster.apply(MachineToken.class, "greedy", SPEC + "\nsecretName: theirs");

    await().untilAsserted(() -> assertThat(cluster.ready("greedy")).isEqualTo("False Conflict"));
    assertThat(cluster.data("theirs")).containsExactlyEntriesOf(Map.of("password", "fake"));
    cluster.client().secrets().inNamespace(cluster.team()).withName("theirs").delete();
    await().until(() -> !cluster.plaintext("theirs").isEmpty());
    await().untilAsserted(() -> assertThat(cluster.ready("greedy")).isEqualTo("False NoProxy"));
  }

  /** Without a proxy, as one that comes has everything looked at. */
  @Test
  void ofTwoThatClaimOneSecretTheOlderHasItUntilItGoes() {
    cluster.operator();
    cluster.apply(MachineToken.class, "a-first", SPEC + "\nsecretName: shared");
    await().untilAsserted(() -> assertThat(cluster.ready("a-first")).isEqualTo("False NoProxy"));

    cluster.apply(MachineToken.class, "b-second", SPEC + "\nsecretName: shared");

    await().untilAsserted(() -> assertThat(cluster.ready("b-second")).isEqualTo("False Conflict"));
    assertThat(cluster.ready("a-first")).isEqualTo("False NoProxy");
    cluster.client().resource(cluster.token("a-first")).delete();
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.status("b-second").conditions().getFirst().getMessage())
                    .contains("belongs to another MachineToken"));
    // Nobody collects what a token owned on this server, so the test does.
    cluster.client().secrets().inNamespace(cluster.team()).withName("shared").delete();
    await().until(() -> !cluster.plaintext("shared").isEmpty());
    await().untilAsserted(() -> assertThat(cluster.ready("b-second")).isEqualTo("False NoProxy"));
  }

  /**
   * All annotations of an object together may have 256 KiB, so that is what the test below tries.
   */
  @Test
  void annotationsOfAMebibyteAreRefusedByTheApiServerItself() {
    cluster.apply(MachineToken.class, "ci", SPEC);

    assertThatThrownBy(() -> annotate("ci", 1 << 20))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("annotations: Too long");
  }

  @Test
  void longestNameAndLargestAnnotationsAreATokenLikeAnyOther() {
    FakeProxy proxy = cluster.proxy("one");
    String name = "tokens-63." + "x".repeat(50) + "." + "y".repeat(60) + "." + "z".repeat(130);
    cluster.apply(MachineToken.class, name, SPEC + "\nsecretName: long");
    annotate(name, 256 * 1024 - "example/large".length());

    cluster.operator();

    await().untilAsserted(() -> assertThat(cluster.ready(name)).isEqualTo("True Valid"));
    assertThat(proxy.snapshot().token(cluster.hash("long"))).isPresent();
  }

  private void annotate(String token, int length) {
    cluster
        .client()
        .resource(cluster.token(token))
        .edit(
            there -> {
              there.getMetadata().setAnnotations(Map.of("example/large", "x".repeat(length)));
              return there;
            });
  }

  @Test
  void secretOfGarbageIsMissingForItsOwnResourceOnly() {
    cluster.proxy("one");
    cluster.operator();
    Secret garbage =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(cluster.team())
            .withName("garbage")
            .endMetadata()
            .withData(Map.of("key", "gICA/v8A", "token", "/////w=="))
            .build();
    cluster.client().resource(garbage).create();

    cluster.apply(ProviderCredential.class, "broken", credential("garbage"));
    cluster.apply(
        MachineToken.class,
        "broken",
        SPEC + "\ntokenFrom: {secretRef: {name: garbage, key: token}}");
    cluster.apply(MachineToken.class, "good", SPEC);

    await().untilAsserted(() -> assertThat(cluster.ready("good")).isEqualTo("True Valid"));
    await()
        .untilAsserted(() -> assertThat(cluster.ready("broken")).isEqualTo("False SecretMissing"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        Cluster.condition(
                            cluster
                                .client()
                                .resources(ProviderCredential.class)
                                .inNamespace(cluster.team())
                                .withName("broken")
                                .get()
                                .getStatus()
                                .conditions(),
                            "Ready"))
                    .isEqualTo("False SecretMissing"));
  }

  @Test
  void namespaceThatIsBeingDeletedIsSaidSo() {
    cluster.proxy("one");
    cluster.operator();
    cluster.apply(MachineToken.class, "there", SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready("there")).isEqualTo("True Valid"));
    // No controller empties it on this server, so it stays as it is: terminating.
    cluster.client().namespaces().withName(cluster.team()).delete();

    cluster.client().secrets().inNamespace(cluster.team()).withName("there").delete();

    await()
        .untilAsserted(
            () -> assertThat(cluster.ready("there")).isEqualTo("False NamespaceTerminating"));
  }

  @Test
  void keyOfNearlyAMebibyteIsNoKey() {
    cluster.proxy("one");
    cluster.operator();
    cluster.secret("large", Map.of("key", "fake-key" + "x".repeat(900_000)));

    cluster.apply(ProviderCredential.class, "large", credential("large"));
    cluster.apply(MachineToken.class, "good", SPEC);

    await().untilAsserted(() -> assertThat(cluster.ready("good")).isEqualTo("True Valid"));
    await()
        .untilAsserted(() -> assertThat(credentialReady("large")).isEqualTo("False SecretMissing"));
  }

  /** FACTS 4, item 31. */
  @Test
  void nothingIsCalledReadyThatNoProxyRuns() {
    cluster.operator();
    cluster.apply(MachineToken.class, "ci", SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False NoProxy"));
    assertThat(cluster.status("ci").loadedBy()).isEqualTo("0/0");

    FakeProxy late = cluster.proxy("late");

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    late.deaf(true);
    cluster.apply(MachineToken.class, "ci", "format: Opaque\nscopes: [openai]");
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False NotLoaded"));
    assertThat(cluster.status("ci").loadedBy()).isEqualTo("0/1");
  }

  @Test
  void proxyWhoseLeaseRanOutNoLongerCounts() {
    cluster.operator();
    cluster.proxy("stays");
    FakeProxy goes = cluster.proxy("goes", 2);
    cluster.apply(MachineToken.class, "ci", SPEC);
    await().untilAsserted(() -> assertThat(cluster.status("ci").loadedBy()).isEqualTo("2/2"));

    goes.close();

    await().untilAsserted(() -> assertThat(cluster.status("ci").loadedBy()).isEqualTo("1/1"));
    assertThat(cluster.ready("ci")).isEqualTo("True Valid");
  }

  @Test
  void partThatSomebodyDeletesOrEditsIsPutRight() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.apply(MachineToken.class, "ci", SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    String part = tokensPart();

    cluster.client().secrets().inNamespace(cluster.proxies()).withName(part).delete();

    await().untilAsserted(() -> assertThat(proxy.snapshot().token(cluster.hash("ci"))).isPresent());
    cluster
        .client()
        .secrets()
        .inNamespace(cluster.proxies())
        .withName(part)
        .edit(
            secret -> {
              secret.setData(Map.of("part", "AAAA"));
              return secret;
            });
    await()
        .untilAsserted(
            () ->
                assertThat(
                        cluster
                            .client()
                            .secrets()
                            .inNamespace(cluster.proxies())
                            .withName(part)
                            .get()
                            .getData()
                            .get("part"))
                    .startsWith("H4sI"));
  }

  @Test
  void manyBrokenTokensBesideOneGoodOneAreRefusedAlone() {
    cluster.proxy("one");
    cluster.operator();
    IntStream.range(0, 20)
        .forEach(
            i ->
                cluster.apply(
                    MachineToken.class,
                    "broken-" + i,
                    SPEC + "\ntokenFrom: {secretRef: {name: nobody, key: none}}"));
    cluster.apply(MachineToken.class, "good", SPEC);

    await().untilAsserted(() -> assertThat(cluster.ready("good")).isEqualTo("True Valid"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        IntStream.range(0, 20)
                            .mapToObj(i -> cluster.ready("broken-" + i))
                            .collect(Collectors.toSet()))
                    .containsExactly("False SecretMissing"));
  }

  private String tokensPart() {
    return cluster.client().secrets().inNamespace(cluster.proxies()).list().getItems().stream()
        .map(secret -> secret.getMetadata().getName())
        .filter(name -> name.startsWith("keyfront-tokens-"))
        .findFirst()
        .orElseThrow();
  }

  private String credentialReady(String name) {
    ProviderCredential credential =
        cluster
            .client()
            .resources(ProviderCredential.class)
            .inNamespace(cluster.team())
            .withName(name)
            .get();
    return credential.getStatus() == null
        ? ""
        : Cluster.condition(credential.getStatus().conditions(), "Ready");
  }

  private static String credential(String secret) {
    return "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: %s, key: key}}}"
        .formatted(secret);
  }
}
