package io.keyfront.operator.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * How long each plaintext of a token that rotates lives.
 *
 * @param ttl from its minting to its end
 * @param before how long before its end the next one is made
 */
public record Lifetime(Duration ttl, Duration before) {
  Instant ends(Instant mintedAt) {
    return mintedAt.plus(ttl);
  }

  Instant rotates(Instant mintedAt) {
    return ends(mintedAt).minus(before);
  }
}
