package io.keyfront.operator.plan;

import io.keyfront.core.session.KeyRing;
import io.keyfront.operator.observe.SigningSecret.Seen;
import java.util.Optional;

/** What is to be done about the keys that sign. */
public sealed interface KeyStep {
  /** They are as they should be, or nobody needs one. */
  record Keep() implements KeyStep {}

  /**
   * A key is to be made where there is none that can be used.
   *
   * @param garbled what is there instead
   */
  record Begin(Optional<Seen> garbled) implements KeyStep {}

  /**
   * A key is to be made beside those that are there.
   *
   * @param there the Secret that holds them
   */
  record Rotate(Seen there, KeyRing ring) implements KeyStep {}

  /**
   * Keys go whose tokens have all ended.
   *
   * @param left those that stay
   */
  record Retire(Seen there, KeyRing left) implements KeyStep {}
}
