package io.keyfront.core.session;

import static io.keyfront.core.session.SessionFixture.ISSUER;
import static io.keyfront.core.session.SessionFixture.NOW;
import static io.keyfront.core.session.SessionFixture.OTHER_SECRET;
import static io.keyfront.core.session.SessionFixture.SECRET;
import static io.keyfront.core.session.SessionFixture.claims;
import static io.keyfront.core.session.SessionFixture.issuer;
import static io.keyfront.core.session.SessionFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.secret.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Minting and verifying: secrets, issuers, times. */
class SessionTokensTest {
  private static final SecretText KEY = SecretText.of(SECRET);

  @Test
  void mintedTokenHasThePredecessorsHeaderAndClaims() {
    var claims =
        new SessionClaims(
            "ws-1", "openai", "cred-1", OptionalLong.of(5000), NOW.plusMillis(900_999));

    var token = SessionTokens.mint(claims, SessionIssuer.DEFAULT_AUDIENCE, KEY, NOW);

    assertThat(RawJwt.part(token, 0))
        .contains("\"alg\":\"HS256\"", "\"typ\":\"JWT\"")
        .doesNotContain("kid");
    assertThat(RawJwt.part(token, 1))
        .contains(
            "\"sub\":\"ws-1\"",
            "\"aud\":\"relay-llm-proxy\"",
            "\"provider\":\"openai\"",
            "\"credentialId\":\"cred-1\"",
            "\"budget\":5000",
            "\"iat\":" + NOW.getEpochSecond(),
            "\"exp\":" + (NOW.getEpochSecond() + 900))
        .doesNotContain("jti", "iss");
    assertThat(token)
        .isEqualTo(RawJwt.signed(part(token, 0), part(token, 1), "HmacSHA256", SECRET));
  }

  @Test
  void tokenWithoutBudgetIsMintedWithoutThatClaim() {
    var token = SessionTokens.mint(claims(NOW.plusSeconds(1)), "second-audience", KEY, NOW);

    assertThat(RawJwt.part(token, 1)).doesNotContain("budget");
  }

  @Test
  void defaultLifeIsFifteenMinutes() {
    assertThat(SessionClaims.DEFAULT_TTL).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void mintedTokenIsVerifiedWithTheSameClaims() {
    var claims =
        new SessionClaims("ws-1", "openai", "cred-1", OptionalLong.of(0), NOW.plusSeconds(900));

    var token = SessionTokens.mint(claims, SessionIssuer.DEFAULT_AUDIENCE, KEY, NOW);

    assertThat(verify(token)).isEqualTo(new SessionVerdict.Valid(ISSUER, claims));
  }

  @Test
  void tokenThatExpiredASecondAgoIsRefusedAsExpired() {
    var at = NOW.minusSeconds(1);
    var token = SessionTokens.mint(claims(at), SessionIssuer.DEFAULT_AUDIENCE, KEY, NOW);

    assertThat(verify(token)).isEqualTo(new SessionVerdict.Expired(at));
  }

  @Test
  void tokenIsExpiredAtItsVeryEnd() {
    var token = RawJwt.hs256(payload("exp", Long.toString(NOW.getEpochSecond())), SECRET);

    assertThat(verify(token)).isEqualTo(new SessionVerdict.Expired(NOW));
    assertThat(SessionTokens.verify(token, List.of(ISSUER), NOW.minusMillis(1)))
        .isInstanceOf(SessionVerdict.Valid.class);
  }

  @ParameterizedTest(name = "nbf {0} s from now: {1}")
  @CsvSource({"-900, true", "0, true", "20, true", "30, true", "31, false", "60, false"})
  void tokenThatStartsWithinThirtySecondsIsAlreadyGood(long seconds, boolean valid) {
    var token = RawJwt.hs256(payload("nbf", Long.toString(now() + seconds)), SECRET);

    assertThat(verify(token) instanceof SessionVerdict.Valid).isEqualTo(valid);
  }

  @Test
  void eachIssuersTokensAreKnownUnderItsOwnName() {
    var other = issuer("other", OTHER_SECRET);
    var token = RawJwt.hs256(SessionFixture.goodPayload(), OTHER_SECRET);

    var verdict = SessionTokens.verify(token, List.of(ISSUER, other), NOW);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            SessionVerdict.Valid.class, valid -> assertThat(valid.issuer()).isEqualTo(other));
    assertThat(SessionTokens.verify(token, List.of(ISSUER), NOW))
        .isInstanceOf(SessionVerdict.Invalid.class);
  }

  @Test
  void expiredTokenOfALaterIssuerIsToldThatItExpired() {
    var other = issuer("other", OTHER_SECRET);
    var token = RawJwt.hs256(payload("exp", Long.toString(now() - 1)), OTHER_SECRET);

    assertThat(SessionTokens.verify(token, List.of(ISSUER, other), NOW))
        .isEqualTo(new SessionVerdict.Expired(NOW.minusSeconds(1)));
  }

  @Test
  void noTokenIsKnownWhereNoIssuerIsConfigured() {
    var token = RawJwt.hs256(SessionFixture.goodPayload(), SECRET);

    assertThat(SessionTokens.verify(token, List.of(), NOW))
        .isEqualTo(new SessionVerdict.Invalid("no issuer is configured"));
  }

  @Test
  void secretOfLessThan32BytesIsRefusedWithAWayToMakeOne() {
    var tooShort = SecretText.of("x".repeat(31));
    var longEnough = SecretText.of("ü".repeat(16));

    assertThatThrownBy(() -> SessionTokens.mint(claims(NOW), "aud", tooShort, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The secret that signs session tokens needs at least 32 bytes (RFC 7518):"
                + " make one with openssl rand -base64 48.");
    assertThatThrownBy(() -> new SessionIssuer("backend", Set.of("aud"), tooShort, "default"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 32 bytes");
    assertThat(new SessionIssuer("backend", Set.of("aud"), longEnough, "default")).isNotNull();
  }

  @Test
  void issuerWithoutAudienceIsRefused() {
    assertThatThrownBy(() -> new SessionIssuer("backend", Set.of(), KEY, "default"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Issuer backend has no audience: give at least one.");
  }

  private static SessionVerdict verify(String token) {
    return SessionTokens.verify(token, List.of(ISSUER), NOW);
  }

  private static String part(String token, int index) {
    return RawJwt.part(token, index);
  }

  private static long now() {
    return NOW.getEpochSecond();
  }
}
