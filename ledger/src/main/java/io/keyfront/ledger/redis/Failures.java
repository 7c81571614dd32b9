package io.keyfront.ledger.redis;

/** Tells in a sentence what went wrong. */
final class Failures {
  private Failures() {}

  /** The innermost cause's message: the outer ones say only that something failed. */
  static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
