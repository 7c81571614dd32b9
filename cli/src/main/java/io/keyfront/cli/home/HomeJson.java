package io.keyfront.cli.home;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of the home folder's files, read without data binding, as that costs start-up time.
 * Reading methods throw {@link IllegalArgumentException} where the content is not what the file
 * holds.
 */
final class HomeJson {
  /** The form that this version writes and reads. */
  static final long VERSION = 1;

  private static final int MAX_DEPTH = 16;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final Map<?, ?> fields;

  private HomeJson(Map<?, ?> fields) {
    this.fields = fields;
  }

  /** Reads a whole file. */
  static HomeJson read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      HomeJson object = of(value(parser));
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something follows its end");
      }
      object.requireVersion();
      return object;
    } catch (IOException notJson) {
      throw new IllegalArgumentException("it is not JSON", notJson);
    }
  }

  private void requireVersion() {
    if (!Long.valueOf(VERSION).equals(fields.get("version"))) {
      throw new IllegalArgumentException(
          "it is of version " + fields.get("version") + ", this Keyfront reads " + VERSION);
    }
  }

  private static HomeJson of(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new HomeJson(map);
    }
    throw new IllegalArgumentException("an object is missing");
  }

  String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("the text '" + name + "' is missing"));
  }

  Optional<String> optionalText(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new IllegalArgumentException("'" + name + "' is not text");
  }

  @Nullable Long optionalNumber(String name) {
    Object value = fields.get(name);
    if (value == null || value instanceof Long) {
      return (Long) value;
    }
    throw new IllegalArgumentException("'" + name + "' is not a whole number");
  }

  Optional<HomeJson> optionalObject(String name) {
    return Optional.<Object>ofNullable(fields.get(name)).map(HomeJson::of);
  }

  List<String> texts(String name) {
    return list(name).stream()
        .map(
            item -> {
              if (item instanceof String text) {
                return text;
              }
              throw new IllegalArgumentException("'" + name + "' is not a list of texts");
            })
        .toList();
  }

  List<HomeJson> objects(String name) {
    return list(name).stream().map(HomeJson::of).toList();
  }

  Map<String, String> map(String name) {
    HomeJson object = of(fields.get(name));
    Map<String, String> texts = new LinkedHashMap<>();
    object.fields.keySet().forEach(key -> texts.put(key.toString(), object.text(key.toString())));
    return texts;
  }

  private List<?> list(String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("the list '" + name + "' is missing");
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("it is empty");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NULL -> null;
      default -> throw new IllegalArgumentException("it holds a value of another kind");
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  /** A whole file, its version first. */
  static byte[] write(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeNumberField("version", VERSION);
      fields.write(out);
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new IllegalStateException("Writing to memory does not fail.", impossible);
    }
    return bytes.toByteArray();
  }

  static void writeMap(JsonGenerator out, String name, Map<String, String> texts)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeStringField(text.getKey(), text.getValue());
    }
    out.writeEndObject();
  }

  static void writeTexts(JsonGenerator out, String name, List<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
