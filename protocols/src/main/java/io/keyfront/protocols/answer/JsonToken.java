package io.keyfront.protocols.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The bytes of one name, string or number, kept up to a bound while they come in pieces. */
final class JsonToken {
  /** Longest one that is kept, in bytes. */
  static final int MAX_LENGTH = 256;

  private static final JsonFactory JACKSON = new JsonFactory();

  private final byte[] bytes = new byte[MAX_LENGTH];
  private boolean wanted;
  private boolean escaped;
  private int length;

  /**
   * Begins another one.
   *
   * @param keep whether anybody wants it
   */
  void begin(boolean keep) {
    wanted = keep;
    escaped = false;
    length = 0;
  }

  void add(byte[] from, int start, int end) {
    if (!wanted) {
      return;
    }
    int more = end - start;
    if (length + more > MAX_LENGTH) {
      wanted = false;
    } else {
      System.arraycopy(from, start, bytes, length, more);
      length += more;
    }
  }

  /** What was added holds an escape. */
  void escape() {
    escaped = true;
  }

  /** Whether all of it is there: it was wanted, and not too long. */
  boolean isKept() {
    return wanted;
  }

  boolean isEscaped() {
    return escaped;
  }

  /** Whether it is written in exactly these bytes. */
  boolean is(byte[] text) {
    return length == text.length && ByteScan.isAt(bytes, 0, length, text);
  }

  /** As a number of tokens; see {@link Counts#of}. */
  long count() {
    if (length > Counts.SAFE_DIGITS) {
      return Counts.of(text());
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return Counts.of(text());
      }
      value = value * 10 + digit;
    }
    return Math.min(value, Counts.MOST);
  }

  /** As text, escapes decoded. */
  String text() {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return escaped ? unescaped(text) : text;
  }

  private static String unescaped(String text) {
    try (JsonParser parser = JACKSON.createParser('"' + text + '"')) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      return "";
    }
  }
}
