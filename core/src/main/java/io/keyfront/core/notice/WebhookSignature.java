package io.keyfront.core.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.secret.SecretText;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what webhooks are sent, as the Standard Webhooks specification says (standardwebhooks.com,
 * version 1): HMAC-SHA256 over {@code id.timestamp.body}.
 */
public final class WebhookSignature {
  /** Fewest bytes of a key. */
  public static final int KEY_MIN = 16;

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignature() {}

  /**
   * The bytes that sign: what stands behind {@code whsec_} in Base64, or else the text itself.
   *
   * @return empty when what stands behind the prefix is no Base64
   */
  public static Optional<byte[]> key(SecretText secret) {
    String text = secret.reveal();
    if (!text.startsWith(PREFIX)) {
      return Optional.of(secret.bytes());
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /**
   * The value of the header {@code webhook-signature}.
   *
   * @param id of the notice: the header {@code webhook-id}
   * @param sent in whole seconds of the epoch: the header {@code webhook-timestamp}
   * @throws IllegalArgumentException when the secret is not usable: see {@link #key}
   */
  public static String of(SecretText secret, String id, Instant sent, byte[] body) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes((id + "." + sent.getEpochSecond() + ".").getBytes(UTF_8));
    signed.writeBytes(body);
    return "v1," + Base64.getEncoder().encodeToString(hmac(secret, signed.toByteArray()));
  }

  /** The body alone, as {@code sha256=} and hexadecimal digits: the Python token proxy's way. */
  public static String ofBody(SecretText secret, byte[] body) {
    return "sha256=" + HexFormat.of().formatHex(hmac(secret, body));
  }

  private static byte[] hmac(SecretText secret, byte[] signed) {
    byte[] key =
        key(secret)
            .orElseThrow(() -> new IllegalArgumentException("Write Base64 behind " + PREFIX + "."));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java runtime has " + ALGORITHM + ".", impossible);
    }
  }
}
