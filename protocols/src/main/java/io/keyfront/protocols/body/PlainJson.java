package io.keyfront.protocols.body;

import io.keyfront.protocols.answer.ByteScan;
import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON (RFC 8259) that is whole and known to be UTF-8. Every step says whether what it
 * expects stands there, and stops for good when it does not.
 */
final class PlainJson {
  static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** In bytes; far below what {@link BodyScanner} refuses, for names and for numbers. */
  private static final int MAX_TOKEN = 500;

  /** Digits that are always within a long. */
  private static final int SAFE_DIGITS = 18;

  private final byte[] text;
  private int at;

  PlainJson(byte[] text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  /** Whether nothing but blanks is left. */
  boolean isAtEnd() {
    skipBlanks();
    return at == text.length;
  }

  void skipBlanks() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
  }

  boolean take(char sign) {
    boolean there = peek() == sign;
    if (there) {
      at++;
    }
    return there;
  }

  /** A colon, and the blanks around it. */
  boolean colon() {
    skipBlanks();
    boolean there = take(':');
    skipBlanks();
    return there;
  }

  /** A name without escapes: Jackson has rules of its own for those of half a character. */
  boolean name() {
    int from = at;
    if (!take('"')) {
      return false;
    }
    at = ByteScan.stringEnd(text, at, text.length);
    return take('"') && at - from <= MAX_TOKEN;
  }

  boolean string() {
    if (!take('"')) {
      return false;
    }
    at = ByteScan.stringEnd(text, at, text.length);
    while (peek() == '\\') {
      at++;
      if (!escape()) {
        return false;
      }
      at = ByteScan.stringEnd(text, at, text.length);
    }
    return take('"');
  }

  private boolean escape() {
    byte sign = peek();
    at++;
    return switch (sign) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> hexDigits(4);
      default -> false;
    };
  }

  private boolean hexDigits(int count) {
    for (int i = 0; i < count; i++) {
      if (Character.digit(peek(), 16) < 0) {
        return false;
      }
      at++;
    }
    return true;
  }

  boolean literal(byte[] word) {
    boolean there = ByteScan.isAt(text, at, text.length, word);
    if (there) {
      at += word.length;
    }
    return there;
  }

  /** A whole number from 0 on; -1 when it is another one, or large. */
  long count() {
    int from = at;
    if (!number() || at - from > SAFE_DIGITS) {
      return -1;
    }
    long count = 0;
    for (int i = from; i < at; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return -1;
      }
      count = count * 10 + text[i] - '0';
    }
    return count;
  }

  private boolean number() {
    int from = at;
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      if (!digits()) {
        return false;
      }
    }
    return at - from <= MAX_TOKEN;
  }

  private boolean digits() {
    int from = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at > from;
  }

  /**
   * Any value.
   *
   * @param depth how deep it may nest
   */
  boolean value(int depth) {
    return switch (peek()) {
      case '"' -> string();
      case '{' -> depth > 0 && object(depth - 1);
      case '[' -> depth > 0 && list(depth - 1);
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      default -> number();
    };
  }

  private boolean object(int depth) {
    at++;
    skipBlanks();
    if (take('}')) {
      return true;
    }
    do {
      skipBlanks();
      if (!name() || !colon() || !value(depth)) {
        return false;
      }
      skipBlanks();
    } while (take(','));
    return take('}');
  }

  private boolean list(int depth) {
    at++;
    skipBlanks();
    if (take(']')) {
      return true;
    }
    do {
      skipBlanks();
      if (!value(depth)) {
        return false;
      }
      skipBlanks();
    } while (take(','));
    return take(']');
  }

  /** The byte that comes; 0, which nothing begins with, at the end. */
  private byte peek() {
    return at < text.length ? text[at] : 0;
  }
}
