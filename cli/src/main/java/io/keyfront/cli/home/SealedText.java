package io.keyfront.cli.home;

import io.keyfront.core.secret.SecretText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals texts with AES-256-GCM (NIST SP 800-38D): a random 96-bit nonce, then ciphertext and tag,
 * in base64. The name under which a text is kept is authenticated with it, so values cannot be
 * swapped.
 */
final class SealedText {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private SealedText() {}

  static String seal(SecretKey key, String name, SecretText text, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, name).doFinal(text.bytes());
      byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java runtime has AES-GCM.", impossible);
    }
  }

  /** The text; empty when the key is another one, or the value or its name was changed. */
  static Optional<SecretText> open(SecretKey key, String name, String sealed) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
      if (all.remaining() <= NONCE_BYTES) {
        return Optional.empty();
      }
      byte[] nonce = new byte[NONCE_BYTES];
      all.get(nonce);
      byte[] rest = new byte[all.remaining()];
      all.get(rest);
      byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, name).doFinal(rest);
      return Optional.of(SecretText.of(new String(text, StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
