package io.keyfront.dataplane.authenticate;

import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenHash;
import io.keyfront.dataplane.intake.Received;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells who calls: an opaque token by its hash, else a signed one by its signature: a
 * MachineToken's or a ServiceAccount's with a public key, a backend's session token with its
 * secret.
 */
public final class Authenticator {
  private final Sessions sessions;
  private final Signatures signatures;

  public Authenticator(Sessions sessions, Signatures signatures) {
    this.sessions = sessions;
    this.signatures = signatures;
  }

  /**
   * The first credential that is good counts, so a stray key in one header does not spoil a token
   * in another.
   *
   * @throws Refused when none is good; the fault is that of the first one presented
   */
  public Identified identify(Received received) {
    List<String> presented = Presented.in(received);
    if (presented.isEmpty()) {
      throw new Refused(new AuthFault.MissingToken());
    }
    Fault first = null;
    for (String token : presented) {
      switch (look(token, received.snapshot(), received.startedAt())) {
        case Sessions.Outcome.Known(Identity identity) -> {
          return new Identified(received, identity);
        }
        case Sessions.Outcome.Unknown(Fault fault) -> first = first == null ? fault : first;
      }
    }
    throw new Refused(first == null ? new AuthFault.MissingToken() : first);
  }

  private Sessions.Outcome look(String token, Snapshot snapshot, Instant now) {
    TokenHash hash = TokenHash.of(token);
    Optional<TokenPolicy> policy = snapshot.token(hash);
    if (policy.isPresent()) {
      return Policies.judged(policy.get(), now);
    }
    return Sessions.looksSigned(token)
        ? signatures
            .look(token, hash, snapshot, now)
            .orElseGet(() -> sessions.look(token, hash, snapshot, now))
        : new Sessions.Outcome.Unknown(new AuthFault.InvalidToken("no token has this hash"));
  }
}
