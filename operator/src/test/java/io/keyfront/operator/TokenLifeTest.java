package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import io.keyfront.snapshot.SnapshotSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
  private static final String SPEC = "format: Opaque\nscopes: [mock]";

  private final Cluster cluster = new Cluster();

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void tokenIsMintedPublishedAndReadyOnceEveryLiveProxyRunsIt() {
    FakeProxy one = cluster.proxy("one");
    FakeProxy two = cluster.proxy("two");
    cluster.operator();

    cluster.apply(MachineToken.class, "ci", "format: Opaque\nscopes: [mock]\nsecretName: ci-token");

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    Map<String, String> data = cluster.data("ci-token");
    String token = data.getOrDefault("KEYFRONT_TOKEN", "");
    assertThat(token).startsWith("kf_").hasSize(46);
    assertThat(data)
        .containsEntry("ANTHROPIC_BASE_URL", Cluster.SERVICE + "/anthropic")
        .containsEntry("ANTHROPIC_API_KEY", token)
        .containsEntry("OPENAI_BASE_URL", Cluster.SERVICE + "/openai/v1")
        .containsEntry("OPENAI_API_KEY", token)
        .containsEntry("GOOGLE_GEMINI_BASE_URL", Cluster.SERVICE + "/gemini")
        .containsEntry("GEMINI_API_KEY", token)
        .containsEntry("KEYFRONT_URL", Cluster.SERVICE)
        .containsEntry("RELAY_LLM_PROXY_TOKEN", token);
    TokenHash hash = TokenHash.of(token);
    TokenPolicy policy = one.snapshot().token(hash).orElseThrow();
    assertThat(policy.identity().account()).isEqualTo(cluster.token("ci").getMetadata().getUid());
    assertThat(two.snapshot().token(hash)).isPresent();
    assertThat(cluster.status("ci").loadedBy()).isEqualTo("2/2");
    assertThat(cluster.status("ci").tokenHash()).isEqualTo(hash.prefix());
    assertThat(cluster.status("ci").secretName()).isEqualTo("ci-token");
  }

  /** Whoever deletes the token deletes its Secret with it: the API server's collector follows. */
  @Test
  void mintedSecretIsOwnedByItsToken() {
    cluster.proxy("one");
    cluster.operator();
    minted("ci");
    MachineToken token = cluster.token("ci");

    assertThat(
            cluster
                .client()
                .secrets()
                .inNamespace(cluster.team())
                .withName("ci")
                .get()
                .getMetadata()
                .getOwnerReferences())
        .containsExactly(
            new OwnerReferenceBuilder()
                .withApiVersion("keyfront.io/v1alpha1")
                .withKind("MachineToken")
                .withName("ci")
                .withUid(token.getMetadata().getUid())
                .withController(true)
                .build());
  }

  @Test
  void deletedSecretIsMintedAnewAndTheOldTokenIsOut() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    minted("ci");
    TokenHash old = cluster.hash("ci");

    cluster.client().secrets().inNamespace(cluster.team()).withName("ci").delete();

    await()
        .untilAsserted(
            () -> {
              assertThat(cluster.plaintext("ci")).isNotEmpty();
              assertThat(cluster.hash("ci")).isNotEqualTo(old);
              assertThat(proxy.snapshot().token(cluster.hash("ci"))).isPresent();
              assertThat(proxy.snapshot().token(old)).isEmpty();
            });
  }

  @Test
  void editedKeyIsPutRightAroundTheSamePlaintext() {
    cluster.proxy("one");
    cluster.operator();
    minted("ci");
    String token = cluster.plaintext("ci");

    cluster.secret("ci", Map.of("OPENAI_BASE_URL", "https://elsewhere.example"));

    await()
        .untilAsserted(
            () ->
                assertThat(cluster.data("ci"))
                    .containsEntry("OPENAI_BASE_URL", Cluster.SERVICE + "/openai/v1")
                    .containsEntry("KEYFRONT_TOKEN", token));
  }

  @Test
  void plaintextThatSomebodyElseWroteIsNeverTrusted() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    minted("ci");
    TokenHash old = cluster.hash("ci");
    String chosen = "kf_" + "fake".repeat(11);

    cluster.secret("ci", Map.of("KEYFRONT_TOKEN", chosen));

    await()
        .untilAsserted(
            () -> {
              assertThat(cluster.plaintext("ci")).isNotEqualTo(chosen);
              assertThat(proxy.snapshot().token(cluster.hash("ci"))).isPresent();
            });
    assertThat(proxy.snapshot().token(old)).isEmpty();
    assertThat(proxy.snapshot().token(TokenHash.of(chosen))).isEmpty();
  }

  @Test
  void operatorThatStartsAgainKeepsEveryTokenAndWritesNothingNew() {
    FakeProxy proxy = cluster.proxy("one");
    OperatorProcess first = cluster.operator();
    minted("ci");
    TokenHash hash = cluster.hash("ci");
    first.close();
    String version = cluster.token("ci").getMetadata().getResourceVersion();
    var parts = parts();

    OperatorProcess second = cluster.operator();
    await().until(second::isReady);
    cluster.apply(MachineToken.class, "late", SPEC);

    await().untilAsserted(() -> assertThat(cluster.ready("late")).isEqualTo("True Valid"));
    assertThat(cluster.hash("ci")).isEqualTo(hash);
    assertThat(proxy.snapshot().token(hash)).isPresent();
    assertThat(cluster.token("ci").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(parts()).containsAllEntriesOf(partsBut(parts, cluster.token("late")));
  }

  @Test
  void revokedTokenStaysKnownAsRevoked() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    minted("ci");

    cluster.apply(MachineToken.class, "ci", SPEC + "\nrevoked: true");

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False Revoked"));
    assertThat(Cluster.condition(cluster.status("ci").conditions(), "Revoked"))
        .isEqualTo("True Revoked");
    await().untilAsserted(() -> assertThat(cluster.status("ci").loadedBy()).isEqualTo("1/1"));
    assertThat(proxy.snapshot().token(cluster.hash("ci")).orElseThrow().revoked()).isTrue();
  }

  @Test
  void tokenWhoseEndComesSaysExpiredByItself() {
    cluster.proxy("one");
    cluster.operator();

    cluster.apply(MachineToken.class, "short", SPEC + "\nttl: 4s");

    await().untilAsserted(() -> assertThat(cluster.ready("short")).isEqualTo("True Valid"));
    assertThat(cluster.status("short").expiresAt()).isNotNull();
    await().untilAsserted(() -> assertThat(cluster.ready("short")).isEqualTo("False Expired"));
    assertThat(Cluster.condition(cluster.status("short").conditions(), "Expired"))
        .isEqualTo("True Expired");
  }

  @Test
  void rotatedTokenAndTheOneBeforeItAreBothGoodUntilTheOldOneEnds() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.apply(MachineToken.class, "turns", SPEC + "\nttl: 20s\nrotateBefore: 12s");
    await().untilAsserted(() -> assertThat(cluster.ready("turns")).isEqualTo("True Valid"));
    TokenHash first = cluster.hash("turns");
    Instant firstEnds = end(proxy, first);

    await().until(() -> !cluster.hash("turns").equals(first));

    TokenHash second = cluster.hash("turns");
    await().until(() -> proxy.snapshot().token(second).isPresent());
    assertThat(proxy.snapshot().token(first)).isPresent();
    assertThat(end(proxy, first)).isEqualTo(firstEnds);
    assertThat(end(proxy, second)).isAfter(firstEnds);
    await().until(() -> proxy.snapshot().token(first).isEmpty());
    assertThat(Instant.now()).isAfterOrEqualTo(firstEnds);
    assertThat(proxy.snapshot().tokens()).isNotEmpty();
  }

  private static Instant end(FakeProxy proxy, TokenHash hash) {
    return proxy.snapshot().token(hash).orElseThrow().identity().expiresAt().orElseThrow();
  }

  @Test
  void adoptedTokenWaitsForItsSecretAndFollowsIt() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    String first = "an-old-house-token-that-is-fake-0001";
    String second = "an-old-house-token-that-is-fake-0002";
    cluster.apply(
        MachineToken.class, "old", SPEC + "\ntokenFrom: {secretRef: {name: old, key: token}}");
    await().untilAsserted(() -> assertThat(cluster.ready("old")).isEqualTo("False SecretMissing"));

    cluster.secret("old", Map.of("token", first));

    await().untilAsserted(() -> assertThat(cluster.ready("old")).isEqualTo("True Valid"));
    assertThat(proxy.snapshot().token(TokenHash.of(first))).isPresent();
    assertThat(cluster.status("old").tokenHash()).isEqualTo(TokenHash.of(first).prefix());
    cluster.secret("old", Map.of("token", second));
    await()
        .untilAsserted(() -> assertThat(proxy.snapshot().token(TokenHash.of(second))).isPresent());
    assertThat(proxy.snapshot().token(TokenHash.of(first))).isEmpty();
  }

  @Test
  void deletedTokenGoesOnceEveryLiveProxyKnows() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    minted("ci");
    TokenHash hash = cluster.hash("ci");

    cluster.client().resource(cluster.token("ci")).delete();

    await().until(() -> isGone("ci"));
    assertThat(proxy.snapshot().token(hash)).isEmpty();
  }

  @Test
  void proxyThatDoesNotListenHoldsADeletionUpForTenSecondsAtMost() {
    FakeProxy proxy = cluster.proxy("deaf");
    cluster.operator();
    minted("ci");
    proxy.deaf(true);
    long start = System.nanoTime();

    cluster.client().resource(cluster.token("ci")).delete();

    await().until(() -> isGone("ci"));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(20));
    assertThat(cluster.client().v1().events().inNamespace(cluster.team()).list().getItems())
        .anyMatch(event -> event.getMessage().contains("0 of 1 live proxies"));
  }

  private boolean isGone(String name) {
    return cluster
            .client()
            .resources(MachineToken.class)
            .inNamespace(cluster.team())
            .withName(name)
            .get()
        == null;
  }

  private void minted(String name) {
    cluster.apply(MachineToken.class, name, SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready(name)).isEqualTo("True Valid"));
  }

  private Map<String, String> parts() {
    return cluster.client().secrets().inNamespace(cluster.proxies()).list().getItems().stream()
        .collect(
            Collectors.toMap(
                part -> part.getMetadata().getName(),
                part -> part.getMetadata().getResourceVersion()));
  }

  /** The parts that a new token does not touch. */
  private static Map<String, String> partsBut(Map<String, String> parts, MachineToken token) {
    PartName own = PartName.tokens(Parts.shardOf(token.getMetadata().getUid()));
    Map<String, String> others = new TreeMap<>(parts);
    others.remove(SnapshotSecrets.secretName(own));
    return others;
  }
}
