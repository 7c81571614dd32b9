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
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest(name = "aud {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "relay-llm-proxy"                    | true
          "second-audience"                    | true
          ["relay-llm-proxy"]                  | true
          ["elsewhere","second-audience"]      | true
          [null,"relay-llm-proxy"]             | true
          "elsewhere"                          | false
          "relay-credential-proxy-admin"       | false
          "relay-llm-proxy "                   | false
          ["elsewhere"]                        | false
          []                                   | false
          [null]                               | false
          [7]                                  | false
          null                                 | false
          7                                    | false
          {"a":"relay-llm-proxy"}              | false
          """)
  void oneOfTheAudiencesMustBeOurs(String audience, boolean valid) {
    var token = RawJwt.hs256(payload("aud", audience), SECRET);

    assertThat(verify(token) instanceof SessionVerdict.Valid).isEqualTo(valid);
  }

  @ParameterizedTest(name = "without {0}")
  @ValueSource(strings = {"sub", "aud", "provider", "credentialId", "exp"})
  void tokenWithoutARequiredClaimIsRefused(String claim) {
    var token = RawJwt.hs256(payload(claim, ""), SECRET);

    assertThat(verify(token)).isInstanceOf(SessionVerdict.Invalid.class);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sub           | ""
          sub           | " "
          sub           | 7
          sub           | null
          sub           | ["ws-1"]
          provider      | ""
          provider      | 7
          provider      | ["openai"]
          provider      | null
          provider      | "*"
          provider      | "openai:"
          provider      | ":gpt-5"
          provider      | "open ai"
          provider      | "../admin"
          credentialId  | ""
          credentialId  | 7
          credentialId  | {}
          exp           | "4102444800"
          exp           | null
          exp           | true
          exp           | []
          iat           | "now"
          nbf           | "now"
          nbf           | {}
          """)
  void claimOfTheWrongTypeOrWithoutContentIsRefused(String claim, String json) {
    var token = RawJwt.hs256(payload(claim, json), SECRET);

    assertThat(verify(token)).isInstanceOf(SessionVerdict.Invalid.class);
  }

  @ParameterizedTest(name = "budget {0}: {1}")
  @CsvSource({
    "5000, 5000",
    "0, 0",
    "0.0, 0",
    "1.9, 1",
    "1e3, 1000",
    "9007199254740993, 9007199254740993",
    "1e30, 9223372036854775807",
  })
  void budgetIsAnyNumberFromZeroRoundedDown(String json, long budget) {
    var token = RawJwt.hs256(payload("budget", json), SECRET);

    assertThat(verify(token))
        .isInstanceOfSatisfying(
            SessionVerdict.Valid.class,
            valid -> assertThat(valid.claims().budget()).hasValue(budget));
  }

  @ParameterizedTest(name = "budget {0}")
  @ValueSource(strings = {"\"5000\"", "null", "-1", "-0.5", "true", "[5000]", "{}", "1e999"})
  void budgetThatIsNoNumberFromZeroIsRefused(String json) {
    var token = RawJwt.hs256(payload("budget", json), SECRET);

    assertThat(verify(token)).isInstanceOf(SessionVerdict.Invalid.class);
  }

  @Test
  void tokenWithAnAbsurdExpiryIsJudgedWithoutAnException() {
    for (String exp : List.of("9223372036854775807", "-9223372036854775808", "1e300", "-1e300")) {
      var token = RawJwt.hs256(payload("exp", exp), SECRET);

      assertThat(verify(token)).isNotNull();
    }
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

  @Test
  void claimsThatNoTokenMayCarryAreRefusedBeforeSigning() {
    var none = OptionalLong.empty();

    assertThatThrownBy(() -> new SessionClaims(" ", "openai", "cred", none, NOW))
        .hasMessage("The claim sub must be a non-empty string.");
    assertThatThrownBy(() -> new SessionClaims("ws", "openai", "", none, NOW))
        .hasMessage("The claim credentialId must be a non-empty string.");
    assertThatThrownBy(() -> new SessionClaims("ws", "open*", "cred", none, NOW))
        .hasMessage("The claim provider must be a provider's name, like openai: 'open*' is none.");
    assertThatThrownBy(
            () -> new SessionClaims("ws", "openai", "cred", OptionalLong.of(-1), Instant.MAX))
        .hasMessage("The claim budget must be 0 or more tokens.");
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
