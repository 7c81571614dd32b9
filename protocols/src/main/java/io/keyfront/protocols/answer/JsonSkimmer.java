package io.keyfront.protocols.answer;

/**
 * Reads JSON from pieces of any size in constant memory, checking its grammar (RFC 8259) and
 * telling a {@link FieldPicker} what it looks for. Text that nests deeper than {@link
 * JsonNesting#MAX_DEPTH} counts as broken. Strings that nobody wants are neither decoded nor kept,
 * however long, which is why this is not Jackson's non-blocking parser: that one keeps every string
 * whole.
 *
 * <p>Only objects and lists are accepted at the top. Never throws; see {@link #isBroken}.
 */
final class JsonSkimmer {
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
    NUMBER,
    LITERAL,
    END,
    BROKEN
  }

  private final FieldPicker picker;
  private final JsonNesting nesting = new JsonNesting();
  private final JsonToken token = new JsonToken();
  private final JsonNumber number = new JsonNumber();
  private final JsonEscape escape = new JsonEscape();
  private final JsonLiteral literal = new JsonLiteral();
  private State state = State.START;
  private boolean inName;

  JsonSkimmer(FieldPicker picker) {
    this.picker = picker;
  }

  /** Begins another text. */
  void restart() {
    state = State.START;
    nesting.clear();
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
      case 't', 'f', 'n' -> {
        literal.begin(c);
        state = isValueNext() ? State.LITERAL : State.BROKEN;
        return at;
      }
      default -> {
        number.begin();
        token.begin(picker.wantsScalar());
        state = isValueNext() ? State.NUMBER : State.BROKEN;
        return at;
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
      state = nesting.isInObject() ? State.NAME : State.VALUE;
    }
  }

  private void open(byte c) {
    if ((!isValueNext() && state != State.START) || nesting.isFull()) {
      state = State.BROKEN;
      return;
    }
    nesting.open(c == '{');
    if (c == '{') {
      picker.beginObject();
      state = State.FIRST_NAME;
    } else {
      picker.beginList();
      state = State.FIRST_VALUE;
    }
  }

  private void close(byte c) {
    boolean expected =
        c == '}'
            ? state == State.FIRST_NAME || (state == State.AFTER_VALUE && nesting.isInObject())
            : state == State.FIRST_VALUE || (state == State.AFTER_VALUE && !nesting.isInObject());
    if (!expected) {
      state = State.BROKEN;
      return;
    }
    if (c == '}') {
      picker.endObject();
    } else {
      picker.endList();
    }
    nesting.close();
    state = nesting.isEmpty() ? State.END : State.AFTER_VALUE;
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

  private int string(byte[] bytes, int from, int to) {
    int end = ByteScan.stringEnd(bytes, from, to);
    // An escape of one letter is passed over here, as text is full of them.
    while (end + 1 < to && bytes[end] == '\\' && JsonEscape.isShort(bytes[end + 1])) {
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
      escape.begin();
      state = State.ESCAPE;
    } else {
      state = State.BROKEN;
    }
    return end + 1;
  }

  private int escape(byte[] bytes, int at) {
    token.add(bytes, at, at + 1);
    state =
        switch (escape.take(bytes[at])) {
          case MORE -> State.ESCAPE;
          case DONE -> State.STRING;
          case WRONG -> State.BROKEN;
        };
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
    int end = literal.take(bytes, from, to);
    if (literal.isWhole()) {
      state = State.AFTER_VALUE;
      picker.scalar();
    } else if (end < to) {
      state = State.BROKEN;
    }
    return end;
  }
}
