package io.keyfront.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a session token says.
 *
 * @param subject whose spend it is (a workspace)
 * @param provider where its calls go
 * @param credentialId the ProviderCredential it uses
 * @param budget tokens, 0 or more; empty is unlimited
 */
public record SessionClaims(
    String subject, String provider, String credentialId, OptionalLong budget, Instant expiresAt) {
  /** A token minted without an expiry lives this long. */
  public static final Duration DEFAULT_TTL = Duration.ofMinutes(15);

  /**
   * @throws IllegalArgumentException when a name is blank or the budget is negative
   */
  public SessionClaims {
    requireText(subject, "sub");
    requireText(provider, "provider");
    requireText(credentialId, "credentialId");
    if (budget.isPresent() && budget.getAsLong() < 0) {
      throw new IllegalArgumentException("The claim budget must be 0 or more tokens.");
    }
  }

  private static void requireText(String value, String claim) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The claim " + claim + " must be a non-empty string.");
    }
  }
}
