package io.keyfront.protocols.answer;

/** The grammar of a JSON number (RFC 8259, 6), one byte at a time. */
final class JsonNumber {
  private enum Part {
    START,
    MINUS,
    ZERO,
    DIGITS,
    POINT,
    FRACTION,
    E,
    E_SIGN,
    EXPONENT
  }

  private Part part = Part.START;

  void restart() {
    part = Part.START;
  }

  /** Whether what was taken so far is a number. */
  boolean isWhole() {
    return switch (part) {
      case ZERO, DIGITS, FRACTION, EXPONENT -> true;
      case START, MINUS, POINT, E, E_SIGN -> false;
    };
  }

  /** Takes a byte when it can be the number's next. */
  boolean takes(byte c) {
    Part then = c >= '0' && c <= '9' ? afterDigit(c) : afterSign(c);
    if (then == Part.START) {
      return false;
    }
    part = then;
    return true;
  }

  private Part afterDigit(byte c) {
    return switch (part) {
      case START, MINUS -> c == '0' ? Part.ZERO : Part.DIGITS;
      case ZERO -> Part.START;
      case DIGITS -> Part.DIGITS;
      case POINT, FRACTION -> Part.FRACTION;
      case E, E_SIGN, EXPONENT -> Part.EXPONENT;
    };
  }

  private Part afterSign(byte c) {
    return switch (part) {
      case START -> c == '-' ? Part.MINUS : Part.START;
      case ZERO, DIGITS -> c == '.' ? Part.POINT : afterMantissa(c);
      case FRACTION -> afterMantissa(c);
      case E -> c == '+' || c == '-' ? Part.E_SIGN : Part.START;
      case MINUS, POINT, E_SIGN, EXPONENT -> Part.START;
    };
  }

  private static Part afterMantissa(byte c) {
    return c == 'e' || c == 'E' ? Part.E : Part.START;
  }
}
