package io.keyfront.protocols.route;

/** Ends the reading of a path that must not be acted upon. Carries no stack trace: it is no bug. */
final class UnreadablePath extends Exception {
  private static final long serialVersionUID = 1L;

  private final String why;

  UnreadablePath(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  /** A sentence for the caller. */
  String why() {
    return why;
  }
}
