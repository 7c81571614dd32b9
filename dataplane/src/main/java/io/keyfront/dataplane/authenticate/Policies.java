package io.keyfront.dataplane.authenticate;

import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.snapshot.TokenPolicy;
import java.time.Instant;
import java.util.Optional;

/** Whether a policy still lets its caller in. */
final class Policies {
  private Policies() {}

  static Sessions.Outcome judged(TokenPolicy policy, Instant now) {
    if (policy.revoked()) {
      return new Sessions.Outcome.Unknown(new AuthFault.RevokedToken());
    }
    Optional<Instant> expiresAt = policy.identity().expiresAt();
    if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
      return new Sessions.Outcome.Unknown(new AuthFault.ExpiredToken(expiresAt.get()));
    }
    return new Sessions.Outcome.Known(policy.identity());
  }
}
