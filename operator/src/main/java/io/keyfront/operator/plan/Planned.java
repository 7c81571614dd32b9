package io.keyfront.operator.plan;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an object came to in the last round.
 *
 * @param generation of the object that this speaks of
 * @param findings about it
 * @param expiresAt of a token, where it has an end
 * @param policy of a token that is in use
 * @param adopted the hash of the plaintext that a token adopts
 * @param place where proxies find it; absent while it is in no part
 * @param trouble why its part could not be written
 */
public record Planned(
    long generation,
    List<Finding> findings,
    Optional<Instant> expiresAt,
    Optional<TokenPolicy> policy,
    Optional<TokenHash> adopted,
    Optional<Place> place,
    Optional<String> trouble) {
  public Planned {
    findings = List.copyOf(findings);
  }

  /** Of an object that is no token, before its part is written. */
  public static Planned of(long generation, List<Finding> findings) {
    return new Planned(
        generation,
        findings,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Planned at(Place where) {
    return new Planned(
        generation, findings, expiresAt, policy, adopted, Optional.of(where), Optional.empty());
  }

  public Planned inTrouble(String why) {
    return new Planned(generation, findings, expiresAt, policy, adopted, place, Optional.of(why));
  }

  public boolean isRefused() {
    return findings.stream().anyMatch(Finding::isError);
  }
}
