package io.keyfront.core.session;

import static io.keyfront.core.session.SessionFixture.ISSUER;
import static io.keyfront.core.session.SessionFixture.NOW;
import static io.keyfront.core.session.SessionFixture.OTHER_SECRET;
import static io.keyfront.core.session.SessionFixture.SECRET;
import static io.keyfront.core.session.SessionFixture.goodPayload;
import static io.keyfront.core.session.SessionFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.text.ParseException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that nobody who knows the secret made, or that he made in another way. */
class ForgedTokenTest {
  private static final String GOOD = RawJwt.hs256(goodPayload(), SECRET);

  @Test
  void tokenThatTheForgeriesStartFromIsGood() {
    assertThat(verify(GOOD)).isInstanceOf(SessionVerdict.Valid.class);
  }

  @Test
  void tokenSignedWithAnotherSecretIsRefused() {
    assertInvalid(RawJwt.hs256(goodPayload(), OTHER_SECRET));
  }

  @Test
  void tokenWithATamperedSignatureIsRefused() {
    int signature = GOOD.lastIndexOf('.') + 1;
    char first = GOOD.charAt(signature) == 'A' ? 'B' : 'A';

    assertInvalid(GOOD.substring(0, signature) + first + GOOD.substring(signature + 1));
  }

  @Test
  void tokenWithATamperedPayloadIsRefused() {
    var parts = List.of(GOOD.split("\\.", -1));
    var other = RawJwt.base64(payload("sub", "\"ws-2\""));

    assertInvalid(parts.getFirst() + "." + other + "." + parts.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
  void tokenWithoutSignatureIsRefused(String algorithm) {
    var header = "{\"alg\":\"" + algorithm + "\"}";

    assertInvalid(RawJwt.unsigned(header, goodPayload()));
    assertInvalid(RawJwt.signed(header, goodPayload(), "HmacSHA256", SECRET));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "HS384, HmacSHA384",
    "HS512, HmacSHA512",
    "RS256, HmacSHA256",
    "ES256, HmacSHA256",
    "PS256, HmacSHA256",
    "EdDSA, HmacSHA256",
    "hs256, HmacSHA256",
    "HS256, HmacSHA512",
  })
  void tokenOfAnotherAlgorithmIsRefusedThoughTheSecretIsRight(String algorithm, String mac) {
    var header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";

    assertInvalid(RawJwt.signed(header, goodPayload(), mac, SECRET));
  }

  @Test
  void tokenSignedWithSomeonesRsaKeyIsRefused()
      throws GeneralSecurityException, JOSEException, ParseException {
    var keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), JWTClaimsSet.parse(goodPayload()));
    jwt.sign(new RSASSASigner(keys.generateKeyPair().getPrivate()));

    assertInvalid(jwt.serialize());
  }

  @Test
  void tokenWithAnUnknownCriticalHeaderIsRefused() {
    var header = "{\"alg\":\"HS256\",\"crit\":[\"exotic\"],\"exotic\":1}";

    assertInvalid(RawJwt.signed(header, goodPayload(), "HmacSHA256", SECRET));
  }

  @ParameterizedTest
  @MethodSource("notTokens")
  void textThatIsNoTokenIsRefused(String text) {
    assertInvalid(text);
  }

  static Stream<String> notTokens() {
    return Stream.of(
        "",
        ".",
        "..",
        "...",
        "....",
        "a.b.c",
        "kf_fakefakefakefakefakefakefakefakefakefakefak",
        "%s.%s.".formatted(RawJwt.base64("{}"), RawJwt.base64("{}")),
        RawJwt.hs256("", SECRET),
        RawJwt.hs256("null", SECRET),
        RawJwt.hs256("[]", SECRET),
        RawJwt.hs256("7", SECRET),
        RawJwt.hs256("{", SECRET),
        RawJwt.hs256("{\"a\":".repeat(20_000), SECRET),
        RawJwt.signed("null", goodPayload(), "HmacSHA256", SECRET),
        RawJwt.unsigned("null", "null") + "AAAA",
        RawJwt.signed("[]", goodPayload(), "HmacSHA256", SECRET),
        RawJwt.signed("{\"alg\":7}", goodPayload(), "HmacSHA256", SECRET),
        RawJwt.signed("{\"alg\":null}", goodPayload(), "HmacSHA256", SECRET),
        RawJwt.signed("{}", goodPayload(), "HmacSHA256", SECRET),
        RawJwt.signed("{\"a\":".repeat(3_000), goodPayload(), "HmacSHA256", SECRET),
        GOOD + ".",
        GOOD + "." + GOOD,
        GOOD.substring(0, GOOD.lastIndexOf('.')),
        GOOD.substring(0, GOOD.lastIndexOf('.') + 1));
  }

  @Test
  void reasonOfARefusalNeverRepeatsTheToken() {
    var verdict = (SessionVerdict.Invalid) verify(GOOD.replaceFirst("\\.", ".x"));

    assertThat(verdict.reason()).hasSizeLessThan(80).doesNotContain(GOOD.substring(0, 10));
  }

  private static void assertInvalid(String token) {
    assertThat(verify(token)).isInstanceOf(SessionVerdict.Invalid.class);
  }

  private static SessionVerdict verify(String token) {
    return SessionTokens.verify(token, List.of(ISSUER), NOW);
  }
}
