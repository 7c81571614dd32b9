package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Fields that are left out when there is nothing to say. */
final class JsonOut {
  private JsonOut() {}

  static void text(JsonGenerator out, String field, Optional<?> value) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(field, value.get().toString());
    }
  }

  static void number(JsonGenerator out, String field, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(field, value.getAsLong());
    }
  }

  static void number(JsonGenerator out, String field, OptionalInt value) throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(field, value.getAsInt());
    }
  }

  static void texts(JsonGenerator out, String field, Collection<?> values) throws IOException {
    out.writeArrayFieldStart(field);
    for (Object value : values) {
      out.writeString(value.toString());
    }
    out.writeEndArray();
  }

  static void someTexts(JsonGenerator out, String field, Collection<?> values) throws IOException {
    if (!values.isEmpty()) {
      texts(out, field, values);
    }
  }
}
