package io.keyfront.cli.home;

import io.keyfront.core.secret.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What the home folder's secrets are locked with: 32 random bytes in {@code secret.key}, or the
 * variable {@value #VARIABLE}. Either way the AES key is derived with HKDF-SHA-256 (RFC 5869) and a
 * salt of the vault's own.
 *
 * @param source {@code file} or {@code environment}
 */
record HomeKey(String source, byte[] material) {
  static final String VARIABLE = "KEYFRONT_SECRET_KEY";
  static final String FILE = "secret.key";
  static final String FROM_FILE = "file";
  static final String FROM_ENVIRONMENT = "environment";

  private static final int BYTES = 32;
  private static final byte[] PURPOSE =
      "keyfront home vault v1".getBytes(StandardCharsets.US_ASCII);

  /**
   * @throws HomeUnusable when it has less than 32 bytes: HKDF does not make a guessable key strong
   */
  static HomeKey fromEnvironment(SecretText secret) {
    if (secret.bytes().length < BYTES) {
      throw new HomeUnusable(
          VARIABLE
              + " needs at least 32 random characters, as everything in the home folder is locked with it: make it with openssl rand -base64 48.");
    }
    return new HomeKey(FROM_ENVIRONMENT, secret.bytes());
  }

  /** The key file's content; empty when there is none. */
  static Optional<HomeKey> fromFile(AtomicFile file) throws IOException {
    Optional<byte[]> bytes = file.read();
    if (bytes.isPresent() && bytes.get().length != BYTES) {
      throw new HomeUnusable(
          "%s is damaged: it has %d bytes instead of 32. Put back a good copy; without it the secrets in the home folder cannot be opened, and a new home folder (--home) has to be used."
              .formatted(file.path(), bytes.get().length));
    }
    return bytes.map(material -> new HomeKey(FROM_FILE, material));
  }

  static HomeKey makeFile(AtomicFile file, SecureRandom random) throws IOException {
    byte[] material = new byte[BYTES];
    random.nextBytes(material);
    file.write(material);
    return new HomeKey(FROM_FILE, material);
  }

  SecretKey derive(byte[] salt) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES",
              HKDFParameterSpec.ofExtract()
                  .addIKM(material)
                  .addSalt(salt)
                  .thenExpand(PURPOSE, BYTES));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every JDK 25 has HKDF-SHA256.", impossible);
    }
  }

  @Override
  public String toString() {
    return "HomeKey[" + source + "]";
  }
}
