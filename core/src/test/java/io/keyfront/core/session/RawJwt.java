package io.keyfront.core.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes compact JWTs from any text with the JDK's own HMAC, so that tests can say what no library
 * would sign, and do not believe the library under test.
 */
final class RawJwt {
  static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private RawJwt() {}

  static String hs256(String payload, String secret) {
    return signed(HS256, payload, "HmacSHA256", secret);
  }

  static String signed(String header, String payload, String mac, String secret) {
    String signed = base64(header) + "." + base64(payload);
    try {
      Mac hmac = Mac.getInstance(mac);
      hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac));
      return signed + "." + base64(hmac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static String unsigned(String header, String payload) {
    return base64(header) + "." + base64(payload) + ".";
  }

  /** The text of one of a token's parts: 0 is the header, 1 the payload. */
  static String part(String token, int index) {
    byte[] decoded = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
    return new String(decoded, StandardCharsets.UTF_8);
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
