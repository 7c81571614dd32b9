package io.keyfront.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret string: a provider key, a signing secret, a token's plaintext. Its {@code toString} is
 * redacted.
 */
public final class SecretText {
  private final String value;

  private SecretText(String value) {
    this.value = value;
  }

  /**
   * @throws IllegalArgumentException when the value is empty
   */
  public static SecretText of(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A secret must not be empty.");
    }
    return new SecretText(value);
  }

  /** The secret itself. Only for the place that signs or sends it. */
  public String reveal() {
    return value;
  }

  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretText secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
