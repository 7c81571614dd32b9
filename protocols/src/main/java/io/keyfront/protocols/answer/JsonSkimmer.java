package io.keyfront.protocols.answer;

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

  /** What may come next. */
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
  private final JsonToken token = new JsonToken();
  private final JsonNumber number = new JsonNumber();
  private State state = State.START;
  private int depth;
  private boolean inName;
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
            case LITERAL -> literal(bytes, at, to);
            case BROKEN -> to;
            case START, VALUE, FIRST_VALUE, NAME, FIRST_NAME, COLON, AFTER_VALUE, END ->
                structure(bytes, at);
          };
    }
  }

  private int structure(byte[] bytes, int at) {
    byte c = bytes[at];
    switch (c) {
      case ' ', '\n', '\r', '\t' -> {}
      case '"' -> beginString();
      case ',' -> separate();
      case ':' -> state = state == State.COLON ? State.VALUE : State.BROKEN;
      case '{', '[' -> open(c);
      case '}', ']' -> close(c);
      case 't' -> beginLiteral("true");
      case 'f' -> beginLiteral("false");
      case 'n' -> beginLiteral("null");
      default -> {
        return beginNumber(at);
      }
    }
    return at + 1;
  }

  private boolean isValueNext() {
    return state == State.VALUE || state == State.FIRST_VALUE;
  }

  private void beginString() {
    if (isValueNext()) {
      inName = false;
      token.begin(picker.wantsScalar());
      state = State.STRING;
    } else if (state == State.NAME || state == State.FIRST_NAME) {
      inName = true;
      token.begin(picker.wantsNames());
      state = State.STRING;
    } else {
      state = State.BROKEN;
    }
  }

  private void separate() {
    if (state != State.AFTER_VALUE) {
      state = State.BROKEN;
    } else {
      state = isInObject() ? State.NAME : State.VALUE;
    }
  }

  private void open(byte c) {
    if ((!isValueNext() && state != State.START) || depth == MAX_DEPTH) {
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

  private void close(byte c) {
    boolean expected =
        c == '}'
            ? state == State.FIRST_NAME || (state == State.AFTER_VALUE && isInObject())
            : state == State.FIRST_VALUE || (state == State.AFTER_VALUE && !isInObject());
    if (!expected) {
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

  /** Takes the colon or comma that mostly stands right behind a token, to save a round. */
  private int punctuated(byte[] bytes, int at, int to) {
    if (at < to && state == State.COLON && bytes[at] == ':') {
      state = State.VALUE;
      return at + 1;
    }
    if (at < to && state == State.AFTER_VALUE && bytes[at] == ',') {
      separate();
      return at + 1;
    }
    return at;
  }

  private boolean isInObject() {
    return (objectLevels[depth / Long.SIZE] & (1L << (depth % Long.SIZE))) != 0;
  }

  private void beginLiteral(String text) {
    state = isValueNext() ? State.LITERAL : State.BROKEN;
    literal = text;
    matched = 1;
  }

  private int beginNumber(int at) {
    state = isValueNext() ? State.NUMBER : State.BROKEN;
    number.begin();
    token.begin(picker.wantsScalar());
    return at;
  }

  private int string(byte[] bytes, int from, int to) {
    int end = ByteScan.stringEnd(bytes, from, to);
    // An escape of one letter is passed over here, as text is full of them.
    while (end + 1 < to && bytes[end] == '\\' && isShortEscape(bytes[end + 1])) {
      token.escape();
      end = ByteScan.stringEnd(bytes, end + 2, to);
    }
    token.add(bytes, from, end);
    if (end == to) {
      return to;
    }
    if (bytes[end] == '"') {
      endString();
      return punctuated(bytes, end + 1, to);
    }
    if (bytes[end] == '\\') {
      token.escape();
      token.add(bytes, end, end + 1);
      state = State.ESCAPE;
    } else {
      state = State.BROKEN;
    }
    return end + 1;
  }

  private int escape(byte[] bytes, int at) {
    token.add(bytes, at, at + 1);
    if (bytes[at] == 'u') {
      hexDigits = 0;
      state = State.HEX;
    } else {
      state = isShortEscape(bytes[at]) ? State.STRING : State.BROKEN;
    }
    return at + 1;
  }

  private static boolean isShortEscape(byte c) {
    return switch (c) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      default -> false;
    };
  }

  private int hex(byte[] bytes, int at) {
    token.add(bytes, at, at + 1);
    hexDigits++;
    if (Character.digit(bytes[at], 16) < 0) {
      state = State.BROKEN;
    } else if (hexDigits == 4) {
      state = State.STRING;
    }
    return at + 1;
  }

  private void endString() {
    if (!inName) {
      state = State.AFTER_VALUE;
      if (token.isKept()) {
        picker.string(token);
      } else {
        picker.scalar();
      }
    } else {
      state = State.COLON;
      // A name that is written with escapes is no name that any provider writes.
      if (token.isKept() && !token.isEscaped()) {
        picker.name(token);
      } else {
        picker.otherName();
      }
    }
  }

  private int number(byte[] bytes, int from, int to) {
    int end = number.take(bytes, from, to);
    token.add(bytes, from, end);
    if (end == to) {
      return to;
    }
    if (!number.isWhole()) {
      state = State.BROKEN;
    } else {
      state = State.AFTER_VALUE;
      if (token.isKept()) {
        picker.number(token);
      } else {
        picker.scalar();
      }
    }
    return punctuated(bytes, end, to);
  }

  private int literal(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && matched < literal.length()) {
      if (bytes[at] != literal.charAt(matched)) {
        state = State.BROKEN;
        return to;
      }
      matched++;
      at++;
    }
    if (matched == literal.length()) {
      state = State.AFTER_VALUE;
      picker.scalar();
    }
    return at;
  }
}
