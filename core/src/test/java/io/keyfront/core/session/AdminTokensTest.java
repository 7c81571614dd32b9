package io.keyfront.core.session;

import static io.keyfront.core.session.SessionFixture.NOW;
import static io.keyfront.core.session.SessionFixture.OTHER_SECRET;
import static io.keyfront.core.session.SessionFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.secret.SecretText;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokensTest {
  private static final SecretText KEY = SecretText.of(SECRET);
  private static final AdminIssuer ISSUER =
      new AdminIssuer(Set.of(AdminIssuer.DEFAULT_AUDIENCE), KEY);

  @Test
  void mintedTokenMayReadUsage() {
    var token =
        AdminTokens.mint("ops", AdminIssuer.DEFAULT_AUDIENCE, KEY, NOW, NOW.plusSeconds(60));

    assertThat(verify(token)).isEqualTo(new AdminVerdict.Granted("ops"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "role":"admin"                           | true
          "permissions":["usage:read"]             | true
          "permissions":["x","usage:read",null]    | true
          "scope":"usage:read"                     | true
          "scope":"openid usage:read"              | true
          "scope":"admin"                          | true
          "scope":["x","admin"]                    | true
          "scope":["usage:read"]                   | true
          "role":"Admin"                           | false
          "role":"user"                            | false
          "role":["admin"]                         | false
          "role":true                              | false
          "permissions":["usage:write"]            | false
          "permissions":["admin"]                  | false
          "permissions":"usage:read"               | false
          "permissions":{"usage:read":true}        | false
          "permissions":7                          | false
          "scope":"usage:reader administrator"     | false
          "scope":""                               | false
          "scope":["usage:read admin"]             | false
          "scope":null                             | false
          "x":1                                    | false
          """)
  void usageMayBeReadByRoleByPermissionOrByScope(String claim, boolean granted) {
    var verdict = verify(token(claim, "\"exp\":" + (now() + 60)));

    assertThat(verdict)
        .isEqualTo(granted ? new AdminVerdict.Granted("ops") : new AdminVerdict.NoRight());
  }

  /** The predecessor took admin tokens that never end. */
  @Test
  void tokenWithoutExpiryIsRefused() {
    assertThat(verify(token("\"role\":\"admin\"", "\"x\":1")))
        .isInstanceOf(AdminVerdict.Invalid.class);
  }

  @Test
  void expiredTokenIsToldSo() {
    assertThat(verify(token("\"role\":\"admin\"", "\"exp\":" + (now() - 1))))
        .isEqualTo(new AdminVerdict.Expired(NOW.minusSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"  \"", "7"})
  void tokenWithoutSubjectIsRefused(String subject) {
    var token =
        RawJwt.hs256(
            "{\"sub\":%s,\"aud\":\"relay-credential-proxy-admin\",\"role\":\"admin\",\"exp\":%d}"
                .formatted(subject, now() + 60),
            SECRET);

    assertThat(verify(token)).isInstanceOf(AdminVerdict.Invalid.class);
  }

  @Test
  void machinesTokenIsNoAdminsTokenThoughTheSecretWereTheSame() {
    var machine = RawJwt.hs256(SessionFixture.payload("role", "\"admin\""), SECRET);

    assertThat(verify(machine)).isInstanceOf(AdminVerdict.Invalid.class);
  }

  @Test
  void tokenOfAnotherSecretIsRefused() {
    var token =
        AdminTokens.mint(
            "ops",
            AdminIssuer.DEFAULT_AUDIENCE,
            SecretText.of(OTHER_SECRET),
            NOW,
            NOW.plusSeconds(60));

    assertThat(verify(token)).isInstanceOf(AdminVerdict.Invalid.class);
  }

  @Test
  void issuerWithAShortSecretOrWithoutAudienceIsRefused() {
    var tooShort = SecretText.of("x".repeat(31));

    assertThatThrownBy(() -> new AdminIssuer(Set.of("aud"), tooShort))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The secret that signs admin tokens needs at least 32 bytes");
    assertThatThrownBy(() -> new AdminIssuer(Set.of(), KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The issuer of admin tokens has no audience: give at least one.");
    assertThatThrownBy(() -> AdminTokens.mint("ops", "aud", tooShort, NOW, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AdminVerdict verify(String token) {
    return AdminTokens.verify(token, ISSUER, NOW);
  }

  private static String token(String claim, String expiry) {
    return RawJwt.hs256(
        "{\"sub\":\"ops\",\"aud\":\"relay-credential-proxy-admin\",%s,%s}".formatted(claim, expiry),
        SECRET);
  }

  private static long now() {
    return NOW.getEpochSecond();
  }
}
