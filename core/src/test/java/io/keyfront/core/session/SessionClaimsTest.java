package io.keyfront.core.session;

import static io.keyfront.core.session.SessionFixture.ISSUER;
import static io.keyfront.core.session.SessionFixture.NOW;
import static io.keyfront.core.session.SessionFixture.SECRET;
import static io.keyfront.core.session.SessionFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the claims of a session token may be. */
class SessionClaimsTest {
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
}
