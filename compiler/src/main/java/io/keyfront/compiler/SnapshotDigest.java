package io.keyfront.compiler;

import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies what a snapshot means: SHA-256 of its canonical form, secrets hashed into it. */
final class SnapshotDigest {
  private SnapshotDigest() {}

  /** 64 hexadecimal digits. */
  static String of(Snapshot snapshot) {
    MessageDigest digest = sha256();
    new CanonicalForm(
            SecretText::reveal,
            line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)))
        .write(snapshot);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
    }
  }
}
