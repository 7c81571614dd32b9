package io.keyfront.testkit.speech;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds and reads JSON trees in few words. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** An object from alternating names and values, in that order. */
  public static ObjectNode object(@Nullable Object... namesAndValues) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      node.set(String.valueOf(namesAndValues[i]), value(namesAndValues[i + 1]));
    }
    return node;
  }

  public static ArrayNode array(@Nullable Object... values) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    for (Object value : values) {
      node.add(value(value));
    }
    return node;
  }

  /** The tree of a body, or an empty object where it is not a JSON object. */
  public static JsonNode read(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      return node != null && node.isObject() ? node : object();
    } catch (IOException e) {
      return object();
    }
  }

  /** The tree of a text that is known to be JSON. */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON: " + text, e);
    }
  }

  public static String text(JsonNode node) {
    return node.toString();
  }

  private static JsonNode value(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNodeFactory.instance.nullNode();
      case JsonNode node -> node;
      case List<?> list -> array(list.toArray());
      case String text -> JsonNodeFactory.instance.textNode(text);
      case Integer number -> JsonNodeFactory.instance.numberNode(number);
      case Long number -> JsonNodeFactory.instance.numberNode(number);
      case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
      case Object other -> MAPPER.valueToTree(other);
    };
  }
}
