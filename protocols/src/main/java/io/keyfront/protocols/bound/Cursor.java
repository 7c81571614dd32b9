package io.keyfront.protocols.bound;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.protocols.body.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through one value of a body. Every walk begins on the first token of a value and ends on
 * its last.
 */
final class Cursor {
  private static final byte[] DATA_IMAGE = "data:image".getBytes(StandardCharsets.US_ASCII);

  /** Objects and arrays walked into, one within another: each takes room on the stack. */
  static final int MAX_DEPTH = 64;

  private final JsonParser parser;
  private final byte[] body;
  private int depth;

  Cursor(JsonParser parser, byte[] body) {
    this.parser = parser;
    this.body = body;
  }

  /** What to do with a field; the parser stands on its value. */
  interface FieldWalk {
    void walk(String name) throws IOException;
  }

  /** What to do with a value. */
  interface Walk {
    void walk() throws IOException;
  }

  /** Walks the fields of an object, names in lower case; passes over anything else. */
  void fields(FieldWalk walk) throws IOException {
    if (!at(JsonToken.START_OBJECT)) {
      skip();
      return;
    }
    enter();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      walk.walk(Spelling.plain(name));
    }
    depth--;
  }

  /** Walks the elements of an array; anything else is walked as if it were its only element. */
  void elements(Walk walk) throws IOException {
    if (!at(JsonToken.START_ARRAY)) {
      walk.walk();
      return;
    }
    enter();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      walk.walk();
    }
    depth--;
  }

  private void enter() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new Refused(
          RequestFault.malformed(
              "The request body nests messages or tools deeper than "
                  + MAX_DEPTH
                  + " levels: send them flatter."));
    }
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  boolean at(JsonToken token) {
    return parser.currentToken() == token;
  }

  /** Passes over a value and says whether it was anything but null. */
  boolean present() throws IOException {
    boolean present = !at(JsonToken.VALUE_NULL);
    skip();
    return present;
  }

  /** A string, decoded; empty for every other value, which is passed over. */
  String text() throws IOException {
    if (at(JsonToken.VALUE_STRING)) {
      return parser.getText();
    }
    skip();
    return "";
  }

  /**
   * A whole number from 0.
   *
   * @return -1 for null
   * @throws Refused for anything else
   */
  long count(String name) throws IOException {
    if (at(JsonToken.VALUE_NULL)) {
      return -1;
    }
    boolean whole =
        at(JsonToken.VALUE_NUMBER_INT)
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!whole || parser.getLongValue() < 0) {
      throw new Refused(
          RequestFault.fieldWrong(name, "a whole number from 0 to " + Long.MAX_VALUE));
    }
    return parser.getLongValue();
  }

  /** Whether this is -1, which leaves a budget to the model. */
  boolean isDynamic() throws IOException {
    return at(JsonToken.VALUE_NUMBER_INT) && parser.getText().equals("-1");
  }

  int start() {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /** Behind the current token, which must be no string. */
  int end() {
    return Math.toIntExact(parser.currentLocation().getByteOffset());
  }

  Span span() {
    return new Span(start(), end());
  }

  /** Whether this string begins as an inline image does, the slash escaped or not. */
  boolean isImageData() {
    int from = start() + 1;
    int to = from + DATA_IMAGE.length;
    return to + 1 < body.length
        && Arrays.equals(body, from, to, DATA_IMAGE, 0, DATA_IMAGE.length)
        && (body[to] == '/' || (body[to] == '\\' && body[to + 1] == '/'));
  }

  /** Raw bytes between the quotes of this string, found without decoding it. */
  int stringBytes() {
    int from = start() + 1;
    int at = from;
    while (at < body.length && body[at] != '"') {
      at += body[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, body.length) - from;
  }
}
