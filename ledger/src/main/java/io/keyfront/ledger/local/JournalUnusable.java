package io.keyfront.ledger.local;

import java.io.IOException;

/** A journal that cannot be read. The message names the file and what to do. */
public final class JournalUnusable extends IOException {
  private static final long serialVersionUID = 1L;

  JournalUnusable(String message) {
    super(message);
  }
}
