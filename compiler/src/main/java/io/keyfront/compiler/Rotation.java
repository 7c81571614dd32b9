package io.keyfront.compiler;

import io.keyfront.crds.DurationText;
import io.keyfront.crds.MachineTokenSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the plaintexts of a rotated token follow each other. Each lives for {@code lifetime}; {@code
 * before} its end the next one is minted, and both are valid until the older one ends.
 *
 * @param lifetime of one plaintext; more than {@code before}
 * @param before more than 0
 */
public record Rotation(Duration lifetime, Duration before) {

  /**
   * @throws IllegalArgumentException unless {@code 0 < before < lifetime}
   */
  public Rotation {
    if (!before.isPositive() || before.compareTo(lifetime) >= 0) {
      throw new IllegalArgumentException(
          "A plaintext that lives "
              + lifetime
              + " cannot be followed "
              + before
              + " before its end: give more than 0 and less than it lives.");
    }
  }

  /** Of a spec that has no problems; empty where plaintexts do not rotate. */
  public static Optional<Rotation> of(MachineTokenSpec spec) {
    return spec.ttl() == null || spec.rotateBefore() == null
        ? Optional.empty()
        : Optional.of(
            new Rotation(DurationText.parse(spec.ttl()), DurationText.parse(spec.rotateBefore())));
  }

  /** The end of a plaintext. */
  public Instant endOf(Instant mintedAt) {
    return mintedAt.plus(lifetime);
  }

  /** When the next plaintext is due. */
  public Instant nextAfter(Instant mintedAt) {
    return endOf(mintedAt).minus(before);
  }
}
