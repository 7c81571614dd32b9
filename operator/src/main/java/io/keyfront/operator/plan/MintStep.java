package io.keyfront.operator.plan;

import io.keyfront.operator.observe.MintedSecret;
import java.time.Instant;
import java.util.Optional;

/** What is to be done about the Secret of a token. */
public sealed interface MintStep {
  /** It is as it should be, or there is none to be. */
  record Keep() implements MintStep {}

  /** Nothing can be made before something else is known, which is looked at again then. */
  record Wait() implements MintStep {}

  /**
   * A plaintext is to be made.
   *
   * @param there the Secret that is to hold it, where it is there already
   * @param previous the plaintext that stays in force beside it for a while
   * @param signedUntil the end that a signed one is to name; absent for an opaque one
   */
  record Mint(
      Optional<MintedSecret> there,
      Optional<MintedSecret.Previous> previous,
      Optional<Instant> signedUntil)
      implements MintStep {
    /** An opaque one. */
    public Mint(Optional<MintedSecret> there, Optional<MintedSecret.Previous> previous) {
      this(there, previous, Optional.empty());
    }
  }

  /** The same plaintext is to be written again, with all that belongs to it. */
  record Heal(MintedSecret there, Optional<MintedSecret.Previous> previous) implements MintStep {}

  /** The Secret belongs to somebody else, and is left alone. */
  record Leave(String why) implements MintStep {}
}
