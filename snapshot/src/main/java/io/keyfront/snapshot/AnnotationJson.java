package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Flat JSON objects, as annotations of Leases hold them. */
final class AnnotationJson {
  private static final JsonFactory JSON = new JsonFactory();

  private interface Value<T> {
    T read(JsonIn in) throws IOException;
  }

  private AnnotationJson() {}

  /**
   * @param fields longs and texts
   */
  static String write(Map<String, ?> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      for (Map.Entry<String, ?> field : fields.entrySet()) {
        out.writeObjectField(field.getKey(), field.getValue());
      }
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory does not fail.", impossible);
    }
    return text.toString();
  }

  static Optional<Map<String, Long>> numbers(String text) {
    return read(text, JsonIn::whole);
  }

  static Optional<Map<String, String>> texts(String text) {
    return read(text, JsonIn::text);
  }

  private static <T> Optional<Map<String, T>> read(String text, Value<T> value) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonIn in = new JsonIn(parser);
      Map<String, T> fields = new TreeMap<>();
      for (String field = in.firstField(); field != null; field = in.nextField()) {
        fields.put(field, value.read(in));
      }
      in.end();
      return Optional.of(fields);
    } catch (IOException notThis) {
      return Optional.empty();
    }
  }
}
