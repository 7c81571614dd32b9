package io.keyfront.operator.plan;

import io.keyfront.compiler.Rotation;
import io.keyfront.core.session.MintedClaims;
import io.keyfront.core.session.SignedTokens;
import io.keyfront.core.token.TokenHash;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.MintedSecret.Previous;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides about the Secret of one token. */
public final class MintPlanner {
  /** By how much clocks of operators may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private MintPlanner() {}

  /**
   * A token and what is known of its Secret.
   *
   * @param wanted whether it is to have a plaintext of ours
   * @param dead revoked or ended: nothing new is made for it
   * @param secret what has the Secret's name, as far as the operator minted it
   * @param rotation of its plaintexts, where they rotate
   * @param signing where its plaintexts are signed
   */
  public record Facts(
      String uid,
      boolean wanted,
      boolean dead,
      Optional<MintedSecret> secret,
      Optional<Rotation> rotation,
      Optional<Signing> signing) {

    /** Of an opaque token. */
    Facts(
        String uid,
        boolean wanted,
        boolean dead,
        Optional<MintedSecret> secret,
        Optional<Rotation> rotation) {
      this(uid, wanted, dead, secret, rotation, Optional.empty());
    }

    /** The end that a plaintext made now would name; absent for an opaque one. */
    private Optional<Instant> signedUntil(Instant now) {
      return signing.flatMap(one -> rotation.map(turn -> turn.endOf(now)).or(one::end));
    }
  }

  /**
   * What signed plaintexts depend on.
   *
   * @param keys kids of the keys that proxies accept
   * @param end of the token; absent while its plaintexts rotate, or until it was planned
   */
  public record Signing(Set<String> keys, Optional<Instant> end) {
    public Signing {
      keys = Set.copyOf(keys);
      end = end.map(at -> at.truncatedTo(ChronoUnit.SECONDS)); // as claims say it
    }
  }

  public static MintStep decide(Facts facts, Instant now) {
    if (!facts.wanted || facts.dead) {
      return new MintStep.Keep();
    }
    if (waits(facts, now)) {
      return new MintStep.Wait();
    }
    if (facts.secret.isEmpty()) {
      return minted(facts, Optional.empty(), now);
    }
    MintedSecret secret = facts.secret.get();
    if (!secret.owner().equals(facts.uid)) {
      return new MintStep.Leave(
          "Secret " + secret.name() + " belongs to another MachineToken: name another one.");
    }
    if (secret.trusted().isEmpty() || secret.mintedAt().isEmpty()) {
      // Whoever wrote another plaintext there may know it.
      return minted(facts, Optional.empty(), now);
    }
    if (!isBelieved(facts, secret)) {
      return minted(facts, Optional.empty(), now);
    }
    return rotated(facts, secret, now);
  }

  private static boolean waits(Facts facts, Instant now) {
    return facts.signing.isPresent()
        && (facts.signing.get().keys.isEmpty() || facts.signedUntil(now).isEmpty());
  }

  /** A signature of a key that is gone is nobody's. */
  private static boolean isBelieved(Facts facts, MintedSecret secret) {
    Optional<String> key = secret.signed().map(MintedClaims::kid);
    return facts.signing.isEmpty() || key.filter(facts.signing.get().keys::contains).isPresent();
  }

  private static MintStep minted(Facts facts, Optional<Previous> previous, Instant now) {
    return new MintStep.Mint(facts.secret, previous, facts.signedUntil(now));
  }

  private static MintStep rotated(Facts facts, MintedSecret secret, Instant now) {
    Optional<Previous> inForce = secret.previous().filter(one -> now.isBefore(one.ends()));
    if (isOfTheFuture(facts, secret, now)) {
      return minted(facts, overlapping(facts, secret, now), now);
    }
    // At most two are in force: where they overlap by more than half, the next one waits.
    if (isDue(facts, secret, now) && inForce.isEmpty()) {
      return minted(facts, previous(facts, secret).filter(one -> now.isBefore(one.ends())), now);
    }
    boolean asItShould = secret.whole() && inForce.equals(secret.previous());
    return asItShould ? new MintStep.Keep() : new MintStep.Heal(secret, inForce);
  }

  /** Minted by a clock that was ahead, it would live for longer than a plaintext may. */
  private static boolean isOfTheFuture(Facts facts, MintedSecret secret, Instant now) {
    return facts.rotation.isPresent()
        && secret.mintedAt().filter(now.plus(CLOCK_SKEW)::isBefore).isPresent();
  }

  /** As if it were due now: who holds it has as long as ever to take the next one. */
  private static Optional<Previous> overlapping(Facts facts, MintedSecret secret, Instant now) {
    return facts.rotation.map(
        turn ->
            new Previous(
                secret.trusted().orElseThrow(),
                now.plus(turn.before()).truncatedTo(ChronoUnit.SECONDS),
                secret.signed().map(MintedClaims::kid)));
  }

  /** Its time has come, or the token was given a later end than the signed plaintext names. */
  private static boolean isDue(Facts facts, MintedSecret secret, Instant now) {
    return nextRotation(facts, secret).filter(at -> !now.isBefore(at)).isPresent()
        || secret.signed().filter(claims -> isOutlived(claims, facts)).isPresent();
  }

  private static boolean isOutlived(MintedClaims claims, Facts facts) {
    return facts.rotation.isEmpty()
        && facts.signing.flatMap(Signing::end).filter(claims.expiresAt()::isBefore).isPresent();
  }

  private static Optional<Instant> nextRotation(Facts facts, MintedSecret secret) {
    return endOf(facts, secret).flatMap(end -> facts.rotation.map(one -> end.minus(one.before())));
  }

  /** The end of the plaintext, as the token is now and as it says itself. */
  private static Optional<Instant> endOf(Facts facts, MintedSecret secret) {
    Optional<Instant> turned =
        secret.mintedAt().flatMap(at -> facts.rotation.map(one -> one.endOf(at)));
    Optional<Instant> named = secret.signed().map(MintedClaims::expiresAt);
    return Stream.concat(turned.stream(), named.stream()).min(Instant::compareTo);
  }

  private static Optional<Previous> previous(Facts facts, MintedSecret secret) {
    TokenHash old = secret.trusted().orElseThrow();
    Optional<String> key = secret.signed().map(MintedClaims::kid);
    Duration skew = key.isPresent() ? SignedTokens.SKEW : Duration.ZERO;
    return endOf(facts, secret).map(end -> new Previous(old, end.plus(skew), key));
  }

  /** When the decision may be another one, where that is known. */
  public static Optional<Instant> nextChange(Facts facts) {
    Optional<Instant> end = facts.secret.flatMap(MintedSecret::previous).map(Previous::ends);
    Optional<Instant> rotation =
        facts
            .secret
            .flatMap(secret -> nextRotation(facts, secret))
            .map(at -> end.filter(at::isBefore).orElse(at)); // it waits for that end
    return Stream.concat(rotation.stream(), end.stream()).min(Instant::compareTo);
  }
}
