package io.keyfront.ledger.mark;

import java.io.IOException;

/** Marks that cannot be trusted or read; the message says what to do. */
public final class MarksUnusable extends IOException {
  private static final long serialVersionUID = 1L;

  MarksUnusable(String message) {
    super(message);
  }
}
