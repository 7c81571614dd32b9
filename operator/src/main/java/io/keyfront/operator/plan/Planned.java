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
 * @param upstream of a credential that is in use
 */
public record Planned(
    long generation,
    List<Finding> findings,
    Optional<Instant> expiresAt,
    Optional<TokenPolicy> policy,
    Optional<TokenHash> adopted,
    Optional<Place> place,
    Optional<String> trouble,
    Optional<Upstream> upstream) {
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
        Optional.empty(),
        Optional.empty());
  }

  /** In trouble no more, unless what it needs besides is nowhere. */
  public Planned at(Place where) {
    boolean lacks = upstream.filter(one -> one.place().isEmpty()).isPresent();
    return with(Optional.of(where), lacks ? trouble : Optional.empty(), upstream);
  }

  /** A credential whose provider's entry is in the base. */
  public Planned basedAt(Place where) {
    Optional<String> left = place.isEmpty() ? trouble : Optional.empty();
    return with(place, left, upstream.map(one -> one.at(where)));
  }

  public Planned inTrouble(String why) {
    return with(place, Optional.of(why), upstream);
  }

  public Planned through(Upstream way) {
    return with(place, trouble, Optional.of(way));
  }

  private Planned with(Optional<Place> where, Optional<String> why, Optional<Upstream> way) {
    return new Planned(generation, findings, expiresAt, policy, adopted, where, why, way);
  }

  public boolean isRefused() {
    return findings.stream().anyMatch(Finding::isError);
  }
}
