package io.keyfront.core.session;

import io.keyfront.core.secret.SecretText;
import java.util.Set;

/**
 * A backend that signs session tokens with HS256.
 *
 * @param name together with a token's subject it names the account
 * @param audiences one of them must be in {@code aud}
 * @param secret at least 32 bytes (RFC 7518 section 3.2)
 * @param namespace whose credentials and aliases its tokens use
 */
public record SessionIssuer(
    String name, Set<String> audiences, SecretText secret, String namespace) {
  /** The audience that the TypeScript predecessor's tokens carry. */
  public static final String DEFAULT_AUDIENCE = "relay-llm-proxy";

  private static final int MIN_SECRET_BYTES = 32;

  /**
   * @throws IllegalArgumentException when the secret is too short or no audience is given
   */
  public SessionIssuer {
    audiences = Set.copyOf(audiences);
    requireStrong(secret, "session tokens");
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException("Issuer " + name + " has no audience: give at least one.");
    }
  }

  static void requireStrong(SecretText secret, String what) {
    if (secret.bytes().length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "The secret that signs "
              + what
              + " needs at least 32 bytes (RFC 7518): make one with openssl rand -base64 48.");
    }
  }
}
