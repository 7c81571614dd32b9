package io.keyfront.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.keyfront.core.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));
  private static final SigningKey KEY = SigningKey.generate(SigningKey.Kind.ES256, "one");
  private static final RSAKey CLUSTER_KEY = rsa("cluster");
  private static final String CLUSTER = "https://kubernetes.default.svc";

  private static final Authorities AUTHORITIES =
      new Authorities(
          Optional.of(TokenAuthority.keyfront(SigningKey.publicKeys(List.of(KEY)))),
          Optional.of(
              new TokenAuthority(
                  CLUSTER,
                  Set.of("keyfront"),
                  PublicKeys.parse(new JWKSet(CLUSTER_KEY).toString(true)))));

  @ParameterizedTest
  @EnumSource(SigningKey.Kind.class)
  void tokenThatKeyfrontSignedSpeaksForItsMachineToken(SigningKey.Kind kind) {
    SigningKey key = SigningKey.generate(kind, "any");

    var verdict = verify(minted(key, NOW, END), under(key), NOW);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            SignedVerdict.Genuine.class,
            genuine ->
                assertThat(genuine.caller())
                    .isInstanceOfSatisfying(
                        SignedCaller.OfMachineToken.class,
                        token -> {
                          assertThat(token.uid()).isEqualTo("uid-1");
                          assertThat(token.namespace()).isEqualTo("team");
                          assertThat(token.name()).isEqualTo("ci");
                          assertThat(token.id()).isNotBlank();
                          assertThat(token.issuedAt()).isEqualTo(NOW);
                          assertThat(token.expiresAt()).isEqualTo(END);
                        }));
  }

  @ParameterizedTest
  @EnumSource(SigningKey.Kind.class)
  void keyThatWasKeptSignsAsBefore(SigningKey.Kind kind) {
    SigningKey key = SigningKey.generate(kind, "kept");

    SigningKey read = SigningKey.parse(key.jwk());

    assertThat(verify(minted(read, NOW, END), under(key), NOW))
        .isInstanceOf(SignedVerdict.Genuine.class);
    assertThat(read.toString()).isEqualTo("signing key kept");
  }

  @Test
  void bothKeysOfARotationAreGoodUntilTheOlderIsTakenOut() {
    SigningKey next = SigningKey.generate(SigningKey.Kind.ES256, "two");
    var both = under(KEY, next);

    assertThat(verify(minted(KEY, NOW, END), both, NOW)).isInstanceOf(SignedVerdict.Genuine.class);
    assertThat(verify(minted(next, NOW, END), both, NOW)).isInstanceOf(SignedVerdict.Genuine.class);
    assertThat(verify(minted(KEY, NOW, END), under(next), NOW))
        .isInstanceOf(SignedVerdict.Invalid.class);
  }

  @Test
  void publishedKeysHoldNoPrivateHalf() {
    SigningKey edwards = SigningKey.generate(SigningKey.Kind.ED25519, "two");

    String published = SigningKey.publicKeys(List.of(KEY, edwards)).json();

    assertThat(published).contains("\"one\"", "\"two\"").doesNotContain("\"d\"");
    assertThat(PublicKeys.parse(published).json()).isEqualTo(published);
  }

  @Test
  void privateHalvesOfAKeySetAreNotKept() {
    assertThat(PublicKeys.parse(new JWKSet(CLUSTER_KEY).toString(false)).json())
        .doesNotContain("\"d\"", "\"p\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"keys\":[]}", "[]", "null", "{\"keys\":[{\"kty\":\"oct\"}]}"})
  void textWithoutAUsableKeyIsRefused(String text) {
    assertThatThrownBy(() -> PublicKeys.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void symmetricKeyIsNoPublicKey() {
    var secret = new OctetSequenceKey.Builder(new byte[32]).keyID("secret").build();

    assertThatThrownBy(() -> PublicKeys.parse(new JWKSet(secret).toString(false)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokenIsAcceptedForTheSkewAfterItsEndAndThenExpired() {
    String token = minted(KEY, NOW, END);

    assertThat(verify(token, AUTHORITIES, END.plusSeconds(29)))
        .isInstanceOf(SignedVerdict.Genuine.class);
    assertThat(verify(token, AUTHORITIES, END.plusSeconds(31)))
        .isEqualTo(new SignedVerdict.Expired(END));
  }

  @Test
  void tokenOfTheFutureIsRefusedBeyondTheSkew() {
    String token = minted(KEY, NOW, END);

    assertThat(verify(token, AUTHORITIES, NOW.minusSeconds(30)))
        .isInstanceOf(SignedVerdict.Genuine.class);
    assertThat(verify(token, AUTHORITIES, NOW.minusSeconds(31)))
        .isInstanceOf(SignedVerdict.Invalid.class);
  }

  @Test
  void tokenForSomebodyElseSaysWhichAudienceIsRight() {
    String token = KEY.mint("team", "ci", "uid-1", "others", NOW, END).reveal();

    assertThat(verify(token, AUTHORITIES, NOW)).isEqualTo(new SignedVerdict.NotForUs("keyfront"));
  }

  @Test
  void serviceAccountTokenSpeaksForItsAccountAndPod() {
    var verdict = verify(cluster(payload(CLUSTER, "keyfront")), AUTHORITIES, NOW);

    assertThat(verdict)
        .isEqualTo(
            new SignedVerdict.Genuine(
                new SignedCaller.OfServiceAccount(
                    "team",
                    "agent",
                    "sa-uid",
                    Optional.of(new SignedCaller.Pod("agent-7", "pod-uid")),
                    END)));
  }

  @Test
  void serviceAccountTokenOfTheDefaultAudienceIsNotForUs() {
    assertThat(verify(cluster(payload(CLUSTER, CLUSTER)), AUTHORITIES, NOW))
        .isEqualTo(new SignedVerdict.NotForUs("keyfront"));
  }

  @Test
  void clusterCannotSignForKeyfront() {
    assertThat(verify(cluster(payload("keyfront", "keyfront")), AUTHORITIES, NOW))
        .isInstanceOf(SignedVerdict.Invalid.class);
  }

  @Test
  void subjectThatContradictsTheClaimsIsRefused() {
    String other = payload(CLUSTER, "keyfront").replace(":team:agent", ":team:admin");

    assertThat(verify(cluster(other), AUTHORITIES, NOW)).isInstanceOf(SignedVerdict.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "kubernetes.io", "namespace", "serviceaccount", "sub", "aud"})
  void tokenWithoutAClaimIsRefused(String claim) {
    String without = payload(CLUSTER, "keyfront").replace("\"" + claim + "\"", "\"x\"");

    assertThat(verify(cluster(without), AUTHORITIES, NOW))
        .isNotInstanceOf(SignedVerdict.Genuine.class);
  }

  @Test
  void unsignedTokenIsNobodys() {
    String none = RawJwt.unsigned("{\"alg\":\"none\"}", payload(CLUSTER, "keyfront"));

    assertThat(verify(none, AUTHORITIES, NOW)).isNotInstanceOf(SignedVerdict.Genuine.class);
  }

  @Test
  void publicKeyIsNoSecretOfHs256() {
    String key = AUTHORITIES.serviceAccounts().orElseThrow().keys().json();
    String header = "{\"alg\":\"HS256\",\"kid\":\"cluster\"}";
    String forged = RawJwt.signed(header, payload(CLUSTER, "keyfront"), "HmacSHA256", key);

    assertThat(verify(forged, AUTHORITIES, NOW)).isEqualTo(new SignedVerdict.Foreign());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "EdDSA", "RS384", "PS256"})
  void headerCannotMakeAKeyOfAnotherAlgorithm(String algorithm) {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"cluster\"}";
    String input = input(header, payload(CLUSTER, "keyfront"));

    assertThat(verify(input + "." + rs256(input), AUTHORITIES, NOW))
        .isNotInstanceOf(SignedVerdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"RS256\",\"kid\":\"\"}",
        "{\"alg\":\"RS256\",\"kid\":\"../../cluster\"}",
        "{\"alg\":\"RS256\",\"kid\":\"one\"}",
        "{\"alg\":\"RS256\",\"kid\":null}",
        "{\"alg\":\"RS256\",\"jku\":\"https://evil.example.com/jwks\"}"
      })
  void onlyAKnownKidFindsAKey(String header) {
    String input = input(header, payload(CLUSTER, "keyfront"));

    assertThat(verify(input + "." + rs256(input), AUTHORITIES, NOW))
        .isInstanceOf(SignedVerdict.Invalid.class);
  }

  @Test
  void keyInTheHeaderIsNotBelieved() {
    RSAKey evil = rsa("evil");
    String header =
        "{\"alg\":\"RS256\",\"kid\":\"evil\",\"jwk\":" + evil.toPublicJWK().toJSONString() + "}";
    String input = input(header, payload(CLUSTER, "keyfront"));

    assertThat(verify(input + "." + sign(evil, input), AUTHORITIES, NOW))
        .isInstanceOf(SignedVerdict.Invalid.class);
  }

  @Test
  void tokenThatWasChangedIsRefused() {
    String[] parts = minted(KEY, NOW, END).split("\\.", -1);
    String claims = RawJwt.part(String.join(".", parts), 1).replace("uid-1", "uid-2");

    assertThat(verify(parts[0] + "." + RawJwt.base64(claims) + "." + parts[2], AUTHORITIES, NOW))
        .isInstanceOf(SignedVerdict.Invalid.class);
  }

  @Test
  void tokensOfOtherIssuersAreForeign() {
    assertThat(verify(cluster(payload("https://others", "keyfront")), AUTHORITIES, NOW))
        .isEqualTo(new SignedVerdict.Foreign());
    assertThat(verify(minted(KEY, NOW, END), Authorities.NONE, NOW))
        .isEqualTo(new SignedVerdict.Foreign());
  }

  @Test
  void whatIsNoKeyIsToldWithoutRepeatingIt() {
    assertThatThrownBy(() -> SigningKey.parse(SecretText.of("{\"kty\":\"EC\",\"d\":\"hidden\"}")))
        .hasMessageNotContaining("hidden")
        .hasNoCause();
  }

  private static SignedVerdict verify(String token, Authorities authorities, Instant now) {
    return SignedTokens.verify(token, authorities, now);
  }

  private static Authorities under(SigningKey... keys) {
    return new Authorities(
        Optional.of(TokenAuthority.keyfront(SigningKey.publicKeys(List.of(keys)))),
        Optional.empty());
  }

  private static String minted(SigningKey key, Instant now, Instant end) {
    return key.mint("team", "ci", "uid-1", "keyfront", now, end).reveal();
  }

  private static String payload(String issuer, String audience) {
    return """
        {"iss":"%s","aud":["%s"],"exp":%d,"iat":%d,"nbf":%d,"jti":"1","sub":"system:serviceaccount:team:agent",
        "kubernetes.io":{"namespace":"team","serviceaccount":{"name":"agent","uid":"sa-uid"},"pod":{"name":"agent-7","uid":"pod-uid"}}}\
        """
        .formatted(
            issuer, audience, END.getEpochSecond(), NOW.getEpochSecond(), NOW.getEpochSecond());
  }

  private static String cluster(String payload) {
    String input = input("{\"alg\":\"RS256\",\"kid\":\"cluster\"}", payload);
    return input + "." + rs256(input);
  }

  private static String input(String header, String payload) {
    return RawJwt.base64(header) + "." + RawJwt.base64(payload);
  }

  private static Base64URL rs256(String input) {
    return sign(CLUSTER_KEY, input);
  }

  private static Base64URL sign(RSAKey key, String input) {
    try {
      return new RSASSASigner(key)
          .sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static RSAKey rsa(String kid) {
    try {
      return new RSAKeyGenerator(2048).keyID(kid).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
