package io.keyfront.core.session;

import io.keyfront.core.secret.SecretText;
import java.util.Set;

/**
 * Who may sign admin JWTs: the right to read usage, apart from every machine identity. Its secret
 * is its own.
 */
public record AdminIssuer(Set<String> audiences, SecretText secret) {
  /** The audience that the TypeScript predecessor's admin tokens carry. */
  public static final String DEFAULT_AUDIENCE = "relay-credential-proxy-admin";

  /**
   * @throws IllegalArgumentException when the secret has less than 32 bytes or no audience is given
   */
  public AdminIssuer {
    audiences = Set.copyOf(audiences);
    SessionIssuer.requireStrong(secret, "admin tokens");
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException(
          "The issuer of admin tokens has no audience: give at least one.");
    }
  }
}
