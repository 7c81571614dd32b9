package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.core.session.MintedClaims;
import io.keyfront.core.session.SignedTokens;
import io.keyfront.core.session.SignedVerdict;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.operator.observe.SigningSecret;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.SnapshotSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MachineTokens of format JWT, from the keys that sign them to the proxies that believe them. */
class SignedTokenTest {
  private static final String SPEC = "format: JWT\nscopes: [mock]\nttl: 1h";

  private final Cluster cluster = new Cluster();
  private final FakeProxy proxy = cluster.proxy("one");

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void tokenIsSignedWrittenAndBelievedByTheProxies() {
    cluster.operator();

    String token = minted("ci");

    assertThat(cluster.data("ci"))
        .containsEntry("ANTHROPIC_API_KEY", token)
        .containsEntry("OPENAI_API_KEY", token)
        .containsEntry("KEYFRONT_URL", Cluster.SERVICE);
    assertThat(isBelieved(token)).isTrue();
    assertThat(part(token, 0)).containsEntry("alg", "ES256").containsEntry("kid", kid(token));
    assertThat(part(token, 1))
        .containsEntry("iss", "keyfront")
        .containsEntry("aud", "keyfront")
        .containsEntry("sub", cluster.team() + "/ci")
        .containsEntry("uid", cluster.token("ci").getMetadata().getUid())
        .containsKeys("jti", "nbf", "iat", "exp");
    assertThat(MintedClaims.read(token).orElseThrow().expiresAt())
        .isEqualTo(Instant.parse(String.valueOf(cluster.status("ci").expiresAt())));
    assertThat(cluster.status("ci").tokenHash()).isEqualTo(TokenHash.of(token).prefix());
    assertThat(authority().keys().json()).contains(kid(token)).doesNotContain("\"d\"");
  }

  @Test
  void textsThatNoKeySignedSoAreNotBelieved() throws GeneralSecurityException {
    cluster.operator();
    String token = minted("ci");
    String[] parts = token.split("\\.", -1);

    String wider = base64(text(parts[1]).replace("/ci\"", "/admin\""));
    String none = base64("{\"alg\":\"none\"}");
    String symmetric = base64("{\"alg\":\"HS256\",\"kid\":\"" + kid(token) + "\"}");

    assertThat(isBelieved(parts[0] + "." + wider + "." + parts[2])).isFalse();
    assertThat(isBelieved(none + "." + parts[1] + ".")).isFalse();
    assertThat(isBelieved(symmetric + "." + parts[1] + "." + hmac(symmetric + "." + parts[1])))
        .isFalse();
    assertThat(isBelieved(token)).isTrue();
  }

  @Test
  void deletedSecretIsMintedAnewAndTheOldTokenIsOut() {
    cluster.operator();
    String old = minted("ci");

    cluster.client().secrets().inNamespace(cluster.team()).withName("ci").delete();

    awaitAnother("ci", old);
    assertThat(isBelieved(old)).isFalse();
    assertThat(kid(cluster.plaintext("ci"))).as("the key is as good as before").isEqualTo(kid(old));
  }

  @Test
  void editedKeyIsPutRightAndATokenThatSomebodyWroteIsReplaced() {
    cluster.operator();
    String token = minted("ci");

    cluster.secret("ci", Map.of("OPENAI_BASE_URL", "https://elsewhere.example"));

    await()
        .untilAsserted(
            () ->
                assertThat(cluster.data("ci"))
                    .containsEntry("OPENAI_BASE_URL", Cluster.SERVICE + "/openai/v1")
                    .containsEntry("KEYFRONT_TOKEN", token));
    cluster.secret("ci", Map.of("KEYFRONT_TOKEN", minted("other")));
    awaitAnother("ci", cluster.plaintext("other"));
    assertThat(part(cluster.plaintext("ci"), 1)).containsEntry("sub", cluster.team() + "/ci");
    assertThat(isBelieved(token)).isFalse();
  }

  @Test
  void revokedTokenIsKnownAsRevokedAndADeletedOneNotAtAll() {
    cluster.operator();
    String token = minted("ci");

    cluster.apply(MachineToken.class, "ci", SPEC + "\nrevoked: true");

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False Revoked"));
    await().until(() -> proxy.snapshot().signedToken(TokenHash.of(token)).orElseThrow().revoked());
    cluster.client().resource(cluster.token("ci")).delete();
    await().until(() -> proxy.snapshot().signedToken(TokenHash.of(token)).isEmpty());
  }

  @Test
  void laterEndIsWrittenIntoANewTokenAndTheOldOneStaysInForce() {
    cluster.operator();
    Instant end = Instant.now().plus(Duration.ofHours(1));
    cluster.apply(MachineToken.class, "ci", until(end));
    String old = believed("ci");

    cluster.apply(MachineToken.class, "ci", until(end.plus(Duration.ofHours(5))));

    awaitAnother("ci", old);
    assertThat(isBelieved(old)).isTrue();
    assertThat(MintedClaims.read(cluster.plaintext("ci")).orElseThrow().expiresAt())
        .isAfter(end.plus(Duration.ofHours(4)));
  }

  @Test
  void oldAndNewKeyAreBelievedUntilNothingLivesThatTheOldOneSigned() {
    cluster.operator(Duration.ofSeconds(3));
    String old = minted("old");
    Set<String> seen = new HashSet<>();
    await()
        .until(
            () -> {
              seen.addAll(kids());
              return seen.size() > 2; // so the second has been published for a while
            });

    String next = minted("next");

    assertThat(kid(next)).isNotEqualTo(kid(old));
    assertThat(isBelieved(old)).isTrue();
    assertThat(isBelieved(next)).isTrue();
    cluster.client().resource(cluster.token("old")).delete();
    // Nobody collects what a token owned on this server, so the test does.
    cluster.client().secrets().inNamespace(cluster.team()).withName("old").delete();
    await().until(() -> !kids().contains(kid(old)));
    assertThat(SignedTokens.verify(old, proxy.snapshot().settings().authorities(), Instant.now()))
        .isInstanceOf(SignedVerdict.Invalid.class);
    assertThat(isBelieved(next)).isTrue();
  }

  @Test
  void deletedKeysAreFollowedByANewOneAndWhatTheySignedIsMintedAnew() {
    cluster.operator();
    String old = minted("ci");

    keys().delete();

    awaitAnother("ci", old);
    assertThat(kids()).containsExactly(kid(cluster.plaintext("ci"))).doesNotContain(kid(old));
    assertThat(isBelieved(old)).isFalse();
    await()
        .untilAsserted(
            () ->
                assertThat(said())
                    .anyMatch(one -> one.matches("Warning SigningKeyMade .*before it are lost.*")));
  }

  @Test
  void garbledKeysAreReplaced() {
    cluster.operator();
    String old = minted("ci");

    keys()
        .edit(
            secret ->
                new SecretBuilder(secret)
                    .addToStringData(SigningSecret.DATA_KEY, "{\"keys\":[]}")
                    .build());

    awaitAnother("ci", old);
    assertThat(kids()).containsExactly(kid(cluster.plaintext("ci")));
    assertThat(isBelieved(old)).isFalse();
  }

  @Test
  void operatorThatStartsAgainKeepsKeysAndTokens() {
    OperatorProcess first = cluster.operator();
    String token = minted("ci");
    String version = keys().get().getMetadata().getResourceVersion();
    String base = baseVersion();
    first.close();

    cluster.operator();

    minted("late");
    assertThat(cluster.plaintext("ci")).isEqualTo(token);
    assertThat(keys().get().getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(isBelieved(token)).isTrue();
    assertThat(baseVersion()).as("never without those who sign, not even at first").isEqualTo(base);
  }

  private String baseVersion() {
    return cluster
        .client()
        .secrets()
        .inNamespace(cluster.proxies())
        .withName(SnapshotSecrets.secretName(PartName.BASE))
        .get()
        .getMetadata()
        .getResourceVersion();
  }

  @Test
  void twoOperatorsThatBothBelieveToLeadSignWithOneKey() {
    cluster.operator();
    cluster.operator();

    String token = minted("ci");

    await().untilAsserted(() -> assertThat(kids()).containsExactly(kid(token)));
    assertThat(isBelieved(token)).isTrue();
  }

  @Test
  void keysAreMadeOnlyOnceATokenNeedsThemAndNoResourceCanReferToThem() {
    cluster.operator();
    cluster.apply(MachineToken.class, "opaque", "format: Opaque\nscopes: [mock]");
    await().untilAsserted(() -> assertThat(cluster.ready("opaque")).isEqualTo("True Valid"));
    assertThat(keys().get()).isNull();

    minted("ci");
    String adopts =
        "format: Opaque\nscopes: [mock]\ntokenFrom: {secretRef: {name: %s, key: %s}}"
            .formatted(SigningSecret.NAME, SigningSecret.DATA_KEY);
    cluster.apply(MachineToken.class, cluster.system(), "thief", adopts);

    await().untilAsserted(() -> assertThat(thief()).isEqualTo("False SecretMissing"));
  }

  private String thief() {
    MachineTokenStatus status =
        cluster
            .client()
            .resources(MachineToken.class)
            .inNamespace(cluster.system())
            .withName("thief")
            .get()
            .getStatus();
    return status == null ? "" : Cluster.condition(status.conditions(), "Ready");
  }

  private static String until(Instant end) {
    return "format: JWT\nscopes: [mock]\nexpiresAt: \"" + end.toString() + "\"";
  }

  private String minted(String name) {
    cluster.apply(MachineToken.class, name, SPEC);
    return believed(name);
  }

  private String believed(String name) {
    await().untilAsserted(() -> assertThat(cluster.ready(name)).isEqualTo("True Valid"));
    await().until(() -> isBelieved(cluster.plaintext(name)));
    return cluster.plaintext(name);
  }

  private void awaitAnother(String name, String old) {
    await()
        .until(
            () -> {
              String now = cluster.plaintext(name);
              return !now.equals(old) && isBelieved(now);
            });
  }

  /** As a proxy does: the signature, then whether the token is in force. */
  private boolean isBelieved(String token) {
    var snapshot = proxy.snapshot();
    return SignedTokens.verify(token, snapshot.settings().authorities(), Instant.now())
            instanceof SignedVerdict.Genuine
        && snapshot.signedToken(TokenHash.of(token)).isPresent();
  }

  private TokenAuthority authority() {
    return proxy.snapshot().settings().authorities().machineTokens().orElseThrow();
  }

  private Set<String> kids() {
    Set<String> kids = new HashSet<>();
    var published = proxy.snapshot().settings().authorities().machineTokens();
    if (published.isPresent()) {
      Serialization.unmarshal(published.get().keys().json(), JsonNode.class)
          .get("keys")
          .forEach(key -> kids.add(key.get("kid").asText()));
    }
    return kids;
  }

  private Resource<Secret> keys() {
    return cluster.client().secrets().inNamespace(cluster.system()).withName(SigningSecret.NAME);
  }

  private List<String> said() {
    return cluster.client().v1().events().inNamespace(cluster.system()).list().getItems().stream()
        .map(event -> event.getType() + " " + event.getReason() + " " + event.getMessage())
        .toList();
  }

  private static String kid(String token) {
    return MintedClaims.read(token).orElseThrow().kid();
  }

  private static Map<String, Object> part(String token, int index) {
    @SuppressWarnings("unchecked")
    Map<String, Object> claims =
        Serialization.unmarshal(text(token.split("\\.", -1)[index]), Map.class);
    return claims;
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** With the published key set as the secret, as in every attack of this kind. */
  private String hmac(String input) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] known = authority().keys().json().getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(known, "HmacSHA256"));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
  }
}
