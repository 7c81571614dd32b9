package io.keyfront.operator.apply;

import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.SigningKey;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.core.token.TokenMint;
import io.keyfront.crds.MachineToken;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes plaintexts: random ones, and signed ones. */
public final class Plaintexts {
  private final TokenMint mint;
  private final Supplier<Optional<SigningKey>> signer;
  private final InstantSource clock;

  /**
   * @param signer the key to sign with, while there is one
   */
  public Plaintexts(TokenMint mint, Supplier<Optional<SigningKey>> signer, InstantSource clock) {
    this.mint = mint;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * A new one.
   *
   * @param signedUntil the end that a signed one names; absent for an opaque one
   * @return empty when nobody can sign, or that end has come
   */
  Optional<SecretText> of(MachineToken token, Optional<Instant> signedUntil) {
    if (signedUntil.isEmpty()) {
      return Optional.of(mint.mint());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return signer
        .get()
        .filter(key -> signedUntil.get().isAfter(now))
        .map(key -> signed(key, token, now, signedUntil.get()));
  }

  private static SecretText signed(SigningKey key, MachineToken token, Instant now, Instant end) {
    return key.mint(
        token.getMetadata().getNamespace(),
        token.getMetadata().getName(),
        token.getMetadata().getUid(),
        TokenAuthority.DEFAULT_AUDIENCE,
        now,
        end);
  }
}
