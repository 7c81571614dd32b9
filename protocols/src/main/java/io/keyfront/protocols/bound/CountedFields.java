package io.keyfront.protocols.bound;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.protocols.body.OtherFields;
import io.keyfront.protocols.body.Span;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Finds the fields of a Messages body that Anthropic counts. For one use. */
final class CountedFields implements OtherFields {
  private static final Set<String> NAMES =
      Set.of("messages", "system", "tools", "tool_choice", "thinking");

  private final byte[] body;
  private final Map<String, Span> found = new LinkedHashMap<>();

  CountedFields(byte[] body) {
    this.body = body;
  }

  /** Values by name, in their order. */
  Map<String, Span> found() {
    return found;
  }

  @Override
  public void field(String name, JsonParser parser) throws IOException {
    Cursor cursor = new Cursor(parser, body);
    if (!NAMES.contains(name)) {
      cursor.skip();
      return;
    }
    int start = cursor.start();
    if (cursor.at(JsonToken.VALUE_STRING)) {
      found.put(name, new Span(start, start + 2 + cursor.stringBytes()));
    } else {
      cursor.skip();
      found.put(name, new Span(start, cursor.end()));
    }
  }
}
