package io.keyfront.core.session;

import static io.keyfront.core.session.SessionFixture.ISSUER;
import static io.keyfront.core.session.SessionFixture.NOW;
import static io.keyfront.core.session.SessionFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.secret.SecretText;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class SessionProperties {
  private static final SecretText KEY = SecretText.of(SECRET);
  private static final AdminIssuer ADMIN =
      new AdminIssuer(Set.of(AdminIssuer.DEFAULT_AUDIENCE), KEY);
  private static final String GOOD = RawJwt.hs256(SessionFixture.goodPayload(), SECRET);

  @Property(tries = 400)
  void whatWasMintedIsVerified(
      @ForAll @StringLength(min = 1, max = 30) @CharRange(from = '!', to = '\u024f') String subject,
      @ForAll @LongRange(min = 0) long budget,
      @ForAll @IntRange(min = 1, max = 1_000_000) int seconds) {
    var claims =
        new SessionClaims(
            subject, "openai", subject, OptionalLong.of(budget), NOW.plusSeconds(seconds));

    var token = SessionTokens.mint(claims, SessionIssuer.DEFAULT_AUDIENCE, KEY, NOW);

    assertThat(SessionTokens.verify(token, List.of(ISSUER), NOW))
        .isEqualTo(new SessionVerdict.Valid(ISSUER, claims));
  }

  @Property(tries = 400)
  void noTextMakesTheVerifiersThrow(@ForAll("tokenLike") String text) {
    assertThat(SessionTokens.verify(text, List.of(ISSUER), NOW))
        .isInstanceOf(SessionVerdict.Invalid.class);
    assertThat(AdminTokens.verify(text, ADMIN, NOW)).isInstanceOf(AdminVerdict.Invalid.class);
  }

  @Property(tries = 400)
  void noSignedPayloadMakesTheVerifiersThrow(@ForAll("jsonLike") String payload) {
    var token = RawJwt.hs256(payload, SECRET);

    assertThat(SessionTokens.verify(token, List.of(ISSUER), NOW))
        .isNotInstanceOf(SessionVerdict.Valid.class);
    assertThat(AdminTokens.verify(token, ADMIN, NOW)).isNotInstanceOf(AdminVerdict.Granted.class);
  }

  @Property(tries = 400)
  void noSignedClaimOfAnyValueMakesTheVerifiersThrow(
      @ForAll("claimNames") String claim, @ForAll("jsonLike") String value) {
    var token = RawJwt.hs256(SessionFixture.payload(claim, value), SECRET);

    assertThat(SessionTokens.verify(token, List.of(ISSUER), NOW)).isNotNull();
    assertThat(AdminTokens.verify(token, ADMIN, NOW)).isNotNull();
  }

  @Property(tries = 400)
  void tokenWithOneCharacterChangedBeforeItsSignatureIsNeverValid(
      @ForAll @IntRange(max = 10_000) int at, @ForAll char other) {
    int index = at % GOOD.lastIndexOf('.');
    Assume.that(GOOD.charAt(index) != other);

    var forged = GOOD.substring(0, index) + other + GOOD.substring(index + 1);

    assertThat(SessionTokens.verify(forged, List.of(ISSUER), NOW))
        .isInstanceOf(SessionVerdict.Invalid.class);
  }

  @Provide
  Arbitrary<String> tokenLike() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(60),
        Arbitraries.strings().withChars("abAB01-_.=").ofMaxLength(60),
        jsonLike().map(json -> RawJwt.unsigned(json, json) + "AAAA"),
        jsonLike().map(json -> RawJwt.unsigned(RawJwt.HS256, json) + "AAAA"));
  }

  @Provide
  Arbitrary<String> claimNames() {
    return Arbitraries.of(
        "sub",
        "aud",
        "provider",
        "credentialId",
        "exp",
        "nbf",
        "iat",
        "jti",
        "iss",
        "budget",
        "role",
        "permissions",
        "scope");
  }

  @Provide
  Arbitrary<String> jsonLike() {
    var scalar =
        Arbitraries.of(
            "null",
            "true",
            "-1",
            "0",
            "1e308",
            "1e999",
            "-0.0",
            "NaN",
            "7777777777777777777777",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "{",
            "]",
            "\"",
            "'a'",
            "");
    return Arbitraries.recursive(
        () -> scalar,
        inner ->
            Arbitraries.oneOf(
                inner.map(value -> "[" + value + ",null]"),
                inner.map(value -> "[" + value + "]"),
                inner.map(value -> "{\"exp\":" + value + "}"),
                inner.map(value -> "{\"aud\":" + value + ",\"aud\":" + value + "}")),
        0,
        3);
  }
}
