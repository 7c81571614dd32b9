package io.keyfront.protocols.answer;

/** The grammar of a JSON number (RFC 8259, 6), for a number that may come in pieces. */
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
    EXPONENT,
    END
  }

  private Part part = Part.START;

  void begin() {
    part = Part.START;
  }

  /** Whether what was taken so far is a number. */
  boolean isWhole() {
    return part == Part.ZERO
        || part == Part.DIGITS
        || part == Part.FRACTION
        || part == Part.EXPONENT;
  }

  /** Takes what belongs to the number; gives the place behind it. */
  int take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      Part then = isDigit(bytes[at]) ? afterDigit(bytes[at]) : afterSign(bytes[at]);
      if (then == Part.END) {
        return at;
      }
      part = then;
      at++;
      if (part == Part.DIGITS || part == Part.FRACTION || part == Part.EXPONENT) {
        while (at < to && isDigit(bytes[at])) {
          at++;
        }
      }
    }
    return at;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private Part afterDigit(byte c) {
    return switch (part) {
      case START, MINUS -> c == '0' ? Part.ZERO : Part.DIGITS;
      case ZERO, END -> Part.END;
      case DIGITS -> Part.DIGITS;
      case POINT, FRACTION -> Part.FRACTION;
      case E, E_SIGN, EXPONENT -> Part.EXPONENT;
    };
  }

  private Part afterSign(byte c) {
    return switch (part) {
      case START -> c == '-' ? Part.MINUS : Part.END;
      case ZERO, DIGITS -> c == '.' ? Part.POINT : afterMantissa(c);
      case FRACTION -> afterMantissa(c);
      case E -> c == '+' || c == '-' ? Part.E_SIGN : Part.END;
      case MINUS, POINT, E_SIGN, EXPONENT, END -> Part.END;
    };
  }

  private static Part afterMantissa(byte c) {
    return c == 'e' || c == 'E' ? Part.E : Part.END;
  }
}
