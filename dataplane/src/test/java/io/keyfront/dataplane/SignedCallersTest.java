package io.keyfront.dataplane;

import static io.keyfront.dataplane.IdentityTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.PublicKeys;
import io.keyfront.core.session.SigningKey;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Callers whom a public key vouches for: MachineTokens as JWTs, and ServiceAccounts. */
class SignedCallersTest extends ProxyTest {
  private static final String UID = "7d1d0a52-5d5f-4a5e-9f5a-1d5c2f7d0001";
  private static final String CLUSTER = "https://kubernetes.default.svc";
  private static final SigningKey KEY = SigningKey.generate(SigningKey.Kind.ES256, "one");
  private static final RSAKey CLUSTER_KEY = rsa();

  @Test
  void signedTokenIsItsMachineToken() {
    String token = minted(KEY);
    proxy.use(jwt(token, Optional.empty(), false).build());

    assertThat(call(token).statusCode()).isEqualTo(200);
    assertThat(call(token).statusCode()).isEqualTo(200);
    HttpResponse<String> self =
        Agent.get(proxy.uri("/v1/self"), "authorization", "Bearer " + token);
    assertThat(json(self.body()).at("/format").asText()).isEqualTo("JWT");
  }

  @Test
  void publicHalvesOfTheKeysAreThereForAnybodyAndCheckAToken() throws Exception {
    SigningKey next = SigningKey.generate(SigningKey.Kind.ED25519, "two");
    proxy.use(configuration().authorities(authorities(KEY, next)).build());

    JWKSet served = JWKSet.parse(Agent.get(proxy.uri("/.well-known/jwks.json")).body());

    assertThat(served.getKeys()).extracting(key -> key.getKeyID()).containsExactly("one", "two");
    assertThat(served.containsNonPublicKeys()).isFalse();
    ECDSAVerifier verifier = new ECDSAVerifier(served.getKeyByKeyId("one").toECKey());
    assertThat(SignedJWT.parse(minted(KEY)).verify(verifier)).isTrue();
  }

  @Test
  void withoutAnOperatorThereIsNoKey() {
    proxy.use(configuration().build());

    HttpResponse<String> answer = Agent.get(proxy.uri("/.well-known/jwks.json"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer.body()).at("/keys")).isEmpty();
  }

  @Test
  void signatureAloneOpensNothingOnceTheTokenWasReplaced() {
    String old = minted(KEY);
    String next = minted(KEY);
    proxy.use(jwt(old, Optional.empty(), false).build());
    assertThat(call(old).statusCode()).isEqualTo(200);

    proxy.use(jwt(next, Optional.empty(), false).build());

    refused(call(old), 401, "token_revoked");
    assertThat(call(next).statusCode()).isEqualTo(200);
  }

  @Test
  void tokenOfAnotherMachineTokenIsNotItsHoldersEvenUnderItsHash() {
    Instant now = Instant.now();
    String other =
        KEY.mint("team", "agent", "uid-of-another", "keyfront", now, now.plusSeconds(600)).reveal();
    proxy.use(jwt(other, Optional.empty(), false).build());

    refused(call(other), 401, "token_revoked");
  }

  @Test
  void revocationAndEndOfTheMachineTokenHoldAlthoughTheSignatureIsRemembered() {
    String token = minted(KEY);
    proxy.use(jwt(token, Optional.empty(), false).build());
    assertThat(call(token).statusCode()).isEqualTo(200);

    proxy.use(jwt(token, Optional.empty(), true).build());
    refused(call(token), 401, "token_revoked");

    proxy.use(jwt(token, Optional.of(Instant.parse("2026-01-01T00:00:00Z")), false).build());
    refused(call(token), 401, "token_expired");

    proxy.use(configuration().authorities(authorities(KEY)).build());
    refused(call(token), 401, "token_revoked");
  }

  @Test
  void tokenOfAKeyThatWasTakenOutIsRefusedAlthoughItWasRemembered() {
    SigningKey next = SigningKey.generate(SigningKey.Kind.ED25519, "two");
    String token = minted(KEY);
    String later = minted(next);
    proxy.use(jwt(token, Optional.empty(), false).authorities(authorities(KEY, next)).build());
    assertThat(call(token).statusCode()).isEqualTo(200);

    proxy.use(
        jwt(token, Optional.empty(), false)
            .signed(TokenFormat.JWT, TokenHash.of(later), UID, Optional.empty(), false)
            .authorities(authorities(next))
            .build());

    refused(call(token), 401, "invalid_token");
    assertThat(call(later).statusCode()).isEqualTo(200);
  }

  @Test
  void expiredSignatureSaysSo() {
    Instant then = Instant.now().minus(Duration.ofHours(2));
    String token = KEY.mint("team", "agent", UID, "keyfront", then, then.plusSeconds(60)).reveal();
    proxy.use(jwt(token, Optional.empty(), false).build());

    refused(call(token), 401, "token_expired");
  }

  @Test
  void serviceAccountIsTheMachineTokenThatNamesIt() {
    proxy.use(account(false).build());

    assertThat(call(pod("team", "agent", "keyfront")).statusCode()).isEqualTo(200);
  }

  @Test
  void serviceAccountThatNobodyNamesIsToldWhatToCreate() {
    proxy.use(account(false).build());

    HttpResponse<String> answer = call(pod("team", "other", "keyfront"));

    refused(answer, 401, "unknown_service_account");
    assertThat(answer.body()).contains("team/other", "format: ServiceAccount");
    refused(call(pod("elsewhere", "agent", "keyfront")), 401, "unknown_service_account");
  }

  @Test
  void revokedServiceAccountIsRefusedAtOnce() {
    String token = pod("team", "agent", "keyfront");
    proxy.use(account(false).build());
    assertThat(call(token).statusCode()).isEqualTo(200);

    proxy.use(account(true).build());

    refused(call(token), 401, "token_revoked");
  }

  @Test
  void podsDefaultTokenIsToldWhichAudienceIsRight() {
    proxy.use(account(false).build());

    HttpResponse<String> answer = call(pod("team", "agent", CLUSTER));

    refused(answer, 401, "wrong_audience");
    assertThat(answer.body()).contains("audience: keyfront");
  }

  @Test
  void textThatAHashWasMadeOfOpensNothingWithoutASignature() {
    proxy.use(
        jwt("a-fake-text-that-nobody-signed", Optional.empty(), false)
            .signed(
                TokenFormat.SERVICE_ACCOUNT,
                TokenHash.of("kf_fake-stand-in-of-an-account-0000000000000"),
                "sa",
                Optional.empty(),
                false)
            .build());

    refused(call("kf_fake-stand-in-of-an-account-0000000000000"), 401, "invalid_token");
    refused(call("a-fake-text-that-nobody-signed"), 401, "invalid_token");
  }

  @Test
  void hugeTokenIsRefusedUnread() {
    proxy.use(account(false).build());

    refused(call(pod("team", "agent", "keyfront") + "A".repeat(9_000)), 401, "invalid_token");
  }

  private Snapshots jwt(String token, Optional<Instant> end, boolean revoked) {
    return configuration()
        .authorities(authorities(KEY))
        .signed(TokenFormat.JWT, TokenHash.of(token), UID, end, revoked);
  }

  private Snapshots account(boolean revoked) {
    return configuration()
        .authorities(authorities(KEY))
        .signed(
            TokenFormat.SERVICE_ACCOUNT,
            TokenHash.ofServiceAccount("team", "agent"),
            "sa-token-uid",
            Optional.empty(),
            revoked);
  }

  static Authorities authorities() {
    return authorities(KEY);
  }

  private static Authorities authorities(SigningKey... keys) {
    return new Authorities(
        Optional.of(TokenAuthority.keyfront(SigningKey.publicKeys(List.of(keys)))),
        Optional.of(
            new TokenAuthority(
                CLUSTER,
                Set.of("keyfront"),
                PublicKeys.parse(new JWKSet(CLUSTER_KEY).toString(true)))));
  }

  private static String minted(SigningKey key) {
    Instant now = Instant.now();
    return key.mint("team", "agent", UID, "keyfront", now, now.plusSeconds(600)).reveal();
  }

  static String pod(String namespace, String account, String audience) {
    Instant now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(CLUSTER)
            .subject("system:serviceaccount:" + namespace + ":" + account)
            .audience(audience)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(600)))
            .claim(
                "kubernetes.io",
                Map.of(
                    "namespace",
                    namespace,
                    "serviceaccount",
                    Map.of("name", account, "uid", "sa-uid"),
                    "pod",
                    Map.of("name", "agent-1", "uid", "pod-uid")))
            .build();
    try {
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(CLUSTER_KEY.getKeyID()).build(),
              claims);
      jwt.sign(new RSASSASigner(CLUSTER_KEY));
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static RSAKey rsa() {
    try {
      return new RSAKeyGenerator(2048).keyID("cluster").generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private HttpResponse<String> call(String token) {
    return Agent.post(
        proxy.uri(Agent.CHAT), Agent.chat("hi", false), "authorization", "Bearer " + token);
  }
}
