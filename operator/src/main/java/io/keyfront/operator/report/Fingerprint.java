package io.keyfront.operator.report;

import io.keyfront.core.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells two keys apart without saying anything of either: HMAC-SHA-256 (RFC 2104) under the
 * resource's UID, so that equal keys of two resources look different.
 */
public final class Fingerprint {
  private static final int DIGITS = 12;

  private Fingerprint() {}

  public static String of(String uid, SecretText key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(uid.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(key.bytes())).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256.", impossible);
    }
  }
}
