package io.keyfront.protocols.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from pieces of any size in constant memory, checking its grammar (RFC 8259) and
 * telling a {@link FieldPicker} what it looks for. Strings that nobody wants are neither decoded
 * nor kept, however long, which is why this is not Jackson's non-blocking parser: that one keeps
 * every string whole.
 *
 * <p>Only objects and lists are accepted at the top. Never throws; see {@link #isBroken}.
 */
final class JsonSkimmer {
  /** Deepest nesting; deeper text counts as broken. */
  static final int MAX_DEPTH = 1000;

  /** Longest name or value that is kept; what is longer is not found. */
  static final int MAX_TOKEN = 256;

  private static final JsonFactory JACKSON = new JsonFactory();

  private enum State {
    START,
    VALUE,
    FIRST_VALUE,
    NAME,
    FIRST_NAME,
    COLON,
    AFTER_VALUE,
    STRING,
    ESCAPE,
    HEX,
    NUMBER,
    LITERAL,
    END,
    BROKEN
  }

  private final FieldPicker picker;
  private final long[] objectLevels = new long[MAX_DEPTH / Long.SIZE + 1];
  private final byte[] token = new byte[MAX_TOKEN];
  private final JsonNumber number = new JsonNumber();
  private State state = State.START;
  private int depth;
  private int tokenLength;
  private boolean keeping;
  private boolean inName;
  private boolean escaped;
  private int hexDigits;
  private String literal = "";
  private int matched;

  JsonSkimmer(FieldPicker picker) {
    this.picker = picker;
  }

  /** Begins another text. */
  void restart() {
    state = State.START;
    depth = 0;
    picker.restart();
  }

  /** Whether one whole value, and nothing but blanks behind it, was read. */
  boolean isWhole() {
    return state == State.END;
  }

  /** Whether what was read is no JSON; the rest is then ignored. */
  boolean isBroken() {
    return state == State.BROKEN;
  }

  /** Takes the next bytes, from {@code from} (inclusive) to {@code to} (exclusive). */
  void feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (state) {
            case STRING -> string(bytes, at, to);
            case ESCAPE -> escape(bytes, at);
            case HEX -> hex(bytes, at);
            case NUMBER -> number(bytes, at, to);
            case LITERAL -> literal(bytes, at);
            case BROKEN -> to;
            case START, VALUE, FIRST_VALUE, NAME, FIRST_NAME, COLON, AFTER_VALUE, END ->
                structure(bytes[at], at);
          };
    }
  }

  private int structure(byte c, int at) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      return at + 1;
    }
    switch (state) {
      case START -> beginContainer(c);
      case VALUE -> beginValue(c);
      case FIRST_VALUE -> {
        if (c == ']') {
          close(c);
        } else {
          beginValue(c);
        }
      }
      case FIRST_NAME -> {
        if (c == '}') {
          close(c);
        } else {
          beginName(c);
        }
      }
      case NAME -> beginName(c);
      case COLON -> state = c == ':' ? State.VALUE : State.BROKEN;
      case AFTER_VALUE -> afterValue(c);
      default -> state = State.BROKEN;
    }
    return state == State.NUMBER ? at : at + 1;
  }

  private void beginContainer(byte c) {
    if ((c != '{' && c != '[') || depth == MAX_DEPTH) {
      state = State.BROKEN;
      return;
    }
    depth++;
    long bit = 1L << (depth % Long.SIZE);
    if (c == '{') {
      objectLevels[depth / Long.SIZE] |= bit;
      picker.beginObject();
      state = State.FIRST_NAME;
    } else {
      objectLevels[depth / Long.SIZE] &= ~bit;
      picker.beginList();
      state = State.FIRST_VALUE;
    }
  }

  private void beginValue(byte c) {
    switch (c) {
      case '"' -> beginToken(State.STRING, false, picker.wantsScalar());
      case 't' -> beginLiteral("true");
      case 'f' -> beginLiteral("false");
      case 'n' -> beginLiteral("null");
      case '{', '[' -> beginContainer(c);
      default -> {
        number.restart();
        beginToken(State.NUMBER, false, picker.wantsScalar());
      }
    }
  }

  private void beginName(byte c) {
    if (c == '"') {
      beginToken(State.STRING, true, picker.wantsNames());
    } else {
      state = State.BROKEN;
    }
  }

  private void beginToken(State kind, boolean name, boolean keep) {
    state = kind;
    inName = name;
    keeping = keep;
    escaped = false;
    tokenLength = 0;
  }

  private void beginLiteral(String text) {
    state = State.LITERAL;
    literal = text;
    matched = 1;
  }

  private void afterValue(byte c) {
    if (c == ',') {
      state = isInObject() ? State.NAME : State.VALUE;
    } else {
      close(c);
    }
  }

  private void close(byte c) {
    if (c != (isInObject() ? '}' : ']')) {
      state = State.BROKEN;
      return;
    }
    if (c == '}') {
      picker.endObject();
    } else {
      picker.endList();
    }
    depth--;
    state = depth == 0 ? State.END : State.AFTER_VALUE;
  }

  private boolean isInObject() {
    return (objectLevels[depth / Long.SIZE] & (1L << (depth % Long.SIZE))) != 0;
  }

  private int string(byte[] bytes, int from, int to) {
    int end = ByteScan.stringEnd(bytes, from, to);
    keep(bytes, from, end);
    if (end == to) {
      return to;
    }
    byte c = bytes[end];
    if (c == '"') {
      endString();
    } else if (c == '\\') {
      keep(bytes, end, end + 1);
      escaped = true;
      state = State.ESCAPE;
    } else {
      state = State.BROKEN;
    }
    return end + 1;
  }

  private int escape(byte[] bytes, int at) {
    keep(bytes, at, at + 1);
    byte c = bytes[at];
    if (c == 'u') {
      hexDigits = 0;
      state = State.HEX;
    } else {
      state = c > 0 && "\"\\/bfnrt".indexOf(c) >= 0 ? State.STRING : State.BROKEN;
    }
    return at + 1;
  }

  private int hex(byte[] bytes, int at) {
    keep(bytes, at, at + 1);
    hexDigits++;
    if (Character.digit(bytes[at], 16) < 0) {
      state = State.BROKEN;
    } else if (hexDigits == 4) {
      state = State.STRING;
    }
    return at + 1;
  }

  private void endString() {
    boolean found = keeping && tokenLength <= MAX_TOKEN;
    if (inName) {
      state = State.COLON;
      // A name that is written with escapes is no name that any provider writes.
      picker.name(token, found && !escaped ? tokenLength : 0);
    } else {
      state = State.AFTER_VALUE;
      if (found) {
        picker.string(text());
      } else {
        picker.scalar();
      }
    }
  }

  private int number(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && number.takes(bytes[end])) {
      end++;
    }
    keep(bytes, from, end);
    if (end == to) {
      return to;
    }
    if (!number.isWhole()) {
      state = State.BROKEN;
    } else {
      state = State.AFTER_VALUE;
      if (keeping && tokenLength <= MAX_TOKEN) {
        picker.number(text());
      } else {
        picker.scalar();
      }
    }
    return end;
  }

  private int literal(byte[] bytes, int at) {
    if (bytes[at] != literal.charAt(matched)) {
      state = State.BROKEN;
    } else if (++matched == literal.length()) {
      state = State.AFTER_VALUE;
      picker.scalar();
    }
    return at + 1;
  }

  private void keep(byte[] bytes, int from, int to) {
    if (!keeping || tokenLength > MAX_TOKEN) {
      return;
    }
    int length = to - from;
    if (tokenLength + length <= MAX_TOKEN) {
      System.arraycopy(bytes, from, token, tokenLength, length);
    }
    tokenLength = Math.min(tokenLength + length, MAX_TOKEN + 1);
  }

  private String text() {
    String text = new String(token, 0, tokenLength, StandardCharsets.UTF_8);
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
