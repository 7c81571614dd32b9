package io.keyfront.core.session;

import java.util.Set;

/**
 * Who signs tokens that stand for a MachineToken: the operator, or the API server of the cluster.
 *
 * @param issuer must be the claim {@code iss}
 * @param audiences one of them must be in {@code aud}
 * @param keys one of them must have signed
 */
public record TokenAuthority(String issuer, Set<String> audiences, PublicKeys keys) {
  /** The issuer of tokens that Keyfront signs. */
  public static final String KEYFRONT = "keyfront";

  /** What tokens are meant for, unless something else was configured. */
  public static final String DEFAULT_AUDIENCE = "keyfront";

  /**
   * @throws IllegalArgumentException when the issuer is blank or no audience is given
   */
  public TokenAuthority {
    audiences = Set.copyOf(audiences);
    if (issuer.isBlank() || audiences.isEmpty()) {
      throw new IllegalArgumentException(
          "Whoever signs tokens needs an issuer and at least one audience: give both.");
    }
  }

  /** The operator, whose tokens are for the default audience. */
  public static TokenAuthority keyfront(PublicKeys keys) {
    return new TokenAuthority(KEYFRONT, Set.of(DEFAULT_AUDIENCE), keys);
  }
}
