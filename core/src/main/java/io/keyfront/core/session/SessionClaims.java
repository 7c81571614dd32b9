package io.keyfront.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a session token says.
 *
 * @param subject whose spend it is (a workspace)
 * @param provider where its calls go: a name as it stands in paths
 * @param credentialId the ProviderCredential it uses
 * @param budget tokens, 0 or more; empty is unlimited
 */
public record SessionClaims(
    String subject, String provider, String credentialId, OptionalLong budget, Instant expiresAt) {
  /** A token minted without an expiry lives this long. */
  public static final Duration DEFAULT_TTL = Duration.ofMinutes(15);

  private static final Pattern PROVIDER = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /**
   * @throws IllegalArgumentException when a name is blank, the provider's is not of the form of
   *     one, or the budget is negative
   */
  public SessionClaims {
    requireText(subject, "sub");
    requireText(credentialId, "credentialId");
    if (!PROVIDER.matcher(provider).matches()) {
      throw new IllegalArgumentException(
          "The claim provider must be a provider's name, like openai: '" + provider + "' is none.");
    }
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
