package io.keyfront.operator.apply;

import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;

/** A part that does not fit into a Secret. The others go on. */
final class PartTooLarge extends Exception {
  PartTooLarge(PartName part, int bytes) {
    super(
        "Snapshot part %s has %d bytes, more than the %d that fit into a Secret: shorten scopes and address blocks, or remove tokens."
            .formatted(part, bytes, PartCodec.MAX_BYTES));
  }
}
