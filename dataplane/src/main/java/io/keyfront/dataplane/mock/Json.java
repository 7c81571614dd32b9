package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Small JSON trees, written as they look. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** The body's tree; an empty object where the body is no JSON object. */
  static JsonNode read(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(body);
      return tree != null && tree.isObject() ? tree : NODES.objectNode();
    } catch (IOException e) {
      return NODES.objectNode();
    }
  }

  /** An object of names and values in turn: text, whole number, flag, tree, or null. */
  static ObjectNode object(@Nullable Object... members) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i + 1 < members.length; i += 2) {
      object.set(String.valueOf(members[i]), node(members[i + 1]));
    }
    return object;
  }

  static ArrayNode array(JsonNode... elements) {
    ArrayNode array = NODES.arrayNode();
    for (JsonNode element : elements) {
      array.add(element);
    }
    return array;
  }

  static ArrayNode array(Collection<? extends JsonNode> elements) {
    return NODES.arrayNode().addAll(elements);
  }

  static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case JsonNode node -> node;
      case String text -> NODES.textNode(text);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean flag -> NODES.booleanNode(flag);
      default -> throw new IllegalArgumentException("No JSON is made of " + value.getClass());
    };
  }
}
