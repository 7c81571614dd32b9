package io.keyfront.protocols.answer;

/** What follows a backslash in a JSON string (RFC 8259, 7), when it may come in pieces. */
final class JsonEscape {
  private static final int HEX_DIGITS = 4;

  /** How far an escape has come. */
  enum Step {
    MORE,
    DONE,
    WRONG
  }

  private int missing;

  /** Whether a backslash and this character are a whole escape. */
  static boolean isShort(byte c) {
    return switch (c) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      default -> false;
    };
  }

  /** A backslash was read. */
  void begin() {
    missing = -1;
  }

  Step take(byte c) {
    if (missing < 0) {
      missing = HEX_DIGITS;
      return c == 'u' ? Step.MORE : isShort(c) ? Step.DONE : Step.WRONG;
    }
    missing--;
    if (Character.digit(c, 16) < 0) {
      return Step.WRONG;
    }
    return missing == 0 ? Step.DONE : Step.MORE;
  }
}
