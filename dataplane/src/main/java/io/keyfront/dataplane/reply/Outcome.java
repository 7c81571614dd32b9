package io.keyfront.dataplane.reply;

import io.keyfront.core.fault.Fault;
import io.keyfront.protocols.answer.Reading;

/** How an answer ended. */
public sealed interface Outcome {
  /** What the answer told about itself, as far as it came. */
  Reading reading();

  /** All of it was passed on. */
  record Complete(Reading reading) implements Outcome {}

  /** The provider broke off, or was silent for too long. */
  record Broken(Reading reading, Fault fault) implements Outcome {}

  /** The client left; the provider was told to stop. */
  record ClientGone(Reading reading) implements Outcome {}
}
