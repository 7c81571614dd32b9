package io.keyfront.operator.plan;

import io.keyfront.compiler.Rotation;
import io.keyfront.core.token.TokenHash;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.MintedSecret.Previous;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides about the Secret of one token. */
public final class MintPlanner {
  private MintPlanner() {}

  /**
   * A token and what is known of its Secret.
   *
   * @param wanted whether it is to have a plaintext of ours
   * @param dead revoked or ended: nothing new is made for it
   * @param secret what has the Secret's name, as far as the operator minted it
   * @param rotation of its plaintexts, where they rotate
   */
  public record Facts(
      String uid,
      boolean wanted,
      boolean dead,
      Optional<MintedSecret> secret,
      Optional<Rotation> rotation) {}

  public static MintStep decide(Facts facts, Instant now) {
    if (!facts.wanted || facts.dead) {
      return new MintStep.Keep();
    }
    if (facts.secret.isEmpty()) {
      return new MintStep.Mint(Optional.empty(), Optional.empty());
    }
    MintedSecret secret = facts.secret.get();
    if (!secret.owner().equals(facts.uid)) {
      return new MintStep.Leave(
          "Secret " + secret.name() + " belongs to another MachineToken: name another one.");
    }
    if (secret.trusted().isEmpty() || secret.mintedAt().isEmpty()) {
      // Whoever wrote another plaintext there may know it.
      return new MintStep.Mint(facts.secret, Optional.empty());
    }
    return rotated(facts, secret, now);
  }

  private static MintStep rotated(Facts facts, MintedSecret secret, Instant now) {
    Instant mintedAt = secret.mintedAt().orElseThrow();
    Optional<Previous> inForce = secret.previous().filter(one -> now.isBefore(one.ends()));
    boolean due = facts.rotation.filter(one -> !now.isBefore(one.nextAfter(mintedAt))).isPresent();
    // At most two are in force: where they overlap by more than half, the next one waits.
    if (due && inForce.isEmpty()) {
      TokenHash old = secret.trusted().orElseThrow();
      Optional<Previous> previous =
          facts
              .rotation
              .map(one -> new Previous(old, one.endOf(mintedAt)))
              .filter(one -> now.isBefore(one.ends()));
      return new MintStep.Mint(facts.secret, previous);
    }
    boolean asItShould = secret.whole() && inForce.equals(secret.previous());
    return asItShould ? new MintStep.Keep() : new MintStep.Heal(secret, inForce);
  }

  /** When the decision may be another one, where that is known. */
  public static Optional<Instant> nextChange(Facts facts) {
    Optional<Instant> rotation =
        facts
            .secret
            .flatMap(MintedSecret::mintedAt)
            .flatMap(at -> facts.rotation.map(one -> one.nextAfter(at)));
    Optional<Instant> end = facts.secret.flatMap(MintedSecret::previous).map(Previous::ends);
    return Stream.concat(rotation.stream(), end.stream()).min(Instant::compareTo);
  }
}
