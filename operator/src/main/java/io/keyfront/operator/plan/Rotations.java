package io.keyfront.operator.plan;

import io.keyfront.compiler.Rotation;
import io.keyfront.core.session.SignedTokens;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.operator.observe.MintedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The plaintexts of tokens that are rotated, each with an end of its own. */
public final class Rotations {
  private Rotations() {}

  /**
   * Until when each plaintext in force stands, so that it ends in time also where no operator is
   * there to take it out.
   */
  static Map<TokenHash, Instant> ends(MintedSecret secret, Rotation rotation) {
    // What is signed says its end itself, and is accepted for the skew beyond it.
    Duration skew = secret.signed().isPresent() ? SignedTokens.SKEW : Duration.ZERO;
    Map<TokenHash, Instant> ends = new HashMap<>();
    secret.previous().ifPresent(old -> ends.put(old.hash(), old.ends()));
    secret
        .trusted()
        .ifPresent(
            hash ->
                secret.mintedAt().ifPresent(at -> ends.put(hash, rotation.endOf(at).plus(skew))));
    return ends;
  }

  static TokenPolicy ending(TokenPolicy policy, Instant end) {
    return new TokenPolicy(policy.identity().endingBy(end), policy.revoked());
  }
}
