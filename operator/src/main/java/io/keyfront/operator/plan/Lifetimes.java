package io.keyfront.operator.plan;

import io.keyfront.crds.MachineTokenSpec;
import java.util.Optional;

/** Reads from a spec how long its plaintexts live. */
public final class Lifetimes {
  private Lifetimes() {}

  /** Whether the operator makes a plaintext for tokens of this format. */
  public static boolean isMinted(MachineTokenSpec spec) {
    return MachineTokenSpec.OPAQUE.equals(spec.format());
  }

  /** Of a token that rotates. */
  public static Optional<Lifetime> of(MachineTokenSpec spec) {
    return Optional.empty();
  }
}
