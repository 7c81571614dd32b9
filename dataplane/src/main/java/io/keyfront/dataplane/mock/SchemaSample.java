package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Makes values that fit a JSON schema, roughly: types, required members, {@code enum}, {@code
 * const}, local {@code $ref}, the first choice of {@code anyOf} and {@code oneOf}, lower bounds.
 * Patterns are not looked at. Upper-case type names are Gemini's.
 */
final class SchemaSample {
  /** Deeper levels become null: schemas may refer to themselves. */
  static final int MAX_DEPTH = 8;

  /** No sample has more values in it. */
  static final int MAX_VALUES = 500;

  private static final int MAX_ITEMS = 16;
  private static final int MAX_TEXT = 1_000;
  private static final String FILLER = "mock";

  private final JsonNode root;
  private final String text;
  private final boolean everyMember;
  private int values;

  private SchemaSample(JsonNode root, String text, boolean everyMember) {
    this.root = root;
    this.text = text;
    this.everyMember = everyMember;
  }

  /** Arguments for a tool: an object with the required members. */
  static JsonNode arguments(JsonNode schema) {
    JsonNode sample = new SchemaSample(schema, FILLER, false).value(schema, 0);
    return sample.isObject() ? sample : Json.object();
  }

  /**
   * An answer that fits a schema, as JSON text: every member where the schema requires none. A
   * schema that says nothing gets an object with the sentence in it.
   */
  static String answer(JsonNode schema, String sentence) {
    return schema.isEmpty()
        ? Json.object("message", sentence).toString()
        : new SchemaSample(schema, sentence, true).value(schema, 0).toString();
  }

  private JsonNode value(JsonNode schema, int depth) {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      return Json.node(null);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0);
    }
    JsonNode elsewhere = elsewhere(schema);
    return elsewhere.isObject() ? value(elsewhere, depth + 1) : typed(schema, depth);
  }

  /** The schema that this one points to instead of describing a value itself. */
  private JsonNode elsewhere(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    if (reference.startsWith("#/")) {
      return root.at(reference.substring(1));
    }
    for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
      JsonNode options = schema.path(choice);
      for (JsonNode option : options) {
        if (!type(option).equals("null")) {
          return option;
        }
      }
      if (!options.isEmpty()) {
        return options.path(0);
      }
    }
    return MissingNode.getInstance();
  }

  private JsonNode typed(JsonNode schema, int depth) {
    return switch (type(schema)) {
      case "object" -> members(schema, depth);
      case "array" -> items(schema, depth);
      case "integer", "number" -> Json.node(number(schema));
      case "boolean" -> Json.node(true);
      case "null" -> Json.node(null);
      default -> Json.node(string(schema));
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    for (JsonNode option : type) {
      if (!option.asText("").equals("null")) {
        return option.asText("").toLowerCase(Locale.ROOT);
      }
    }
    if (type.isTextual()) {
      return type.textValue().toLowerCase(Locale.ROOT);
    }
    return schema.has("properties") ? "object" : "";
  }

  private ObjectNode members(JsonNode schema, int depth) {
    ObjectNode object = Json.object();
    JsonNode properties = schema.path("properties");
    JsonNode required = schema.path("required");
    for (JsonNode name : required) {
      object.set(name.asText(""), value(properties.path(name.asText("")), depth + 1));
    }
    if (everyMember && required.isEmpty()) {
      properties
          .properties()
          .forEach(one -> object.set(one.getKey(), value(one.getValue(), depth + 1)));
    }
    return object;
  }

  private ArrayNode items(JsonNode schema, int depth) {
    int least = everyMember ? 1 : 0;
    int count = Math.clamp(schema.path("minItems").asInt(0), least, MAX_ITEMS);
    ArrayNode array = Json.array();
    for (int i = 0; i < count; i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private static long number(JsonNode schema) {
    if (schema.has("exclusiveMinimum")) {
      return (long) Math.floor(schema.path("exclusiveMinimum").asDouble(0)) + 1;
    }
    double least = schema.path("minimum").asDouble(1);
    double most = schema.path("maximum").asDouble(Double.MAX_VALUE);
    return (long) Math.ceil(Math.min(Math.max(least, Math.min(1, most)), most));
  }

  private String string(JsonNode schema) {
    return switch (schema.path("format").asText("")) {
      case "date-time" -> "2026-01-01T00:00:00Z";
      case "date" -> "2026-01-01";
      case "time" -> "00:00:00Z";
      case "duration" -> "PT1S";
      case "email" -> "mock@example.com";
      case "uri" -> "https://example.com/";
      case "hostname" -> "example.com";
      case "ipv4" -> "192.0.2.1";
      case "ipv6" -> "2001:db8::1";
      case "uuid" -> "00000000-0000-4000-8000-000000000000";
      default -> sized(schema);
    };
  }

  private String sized(JsonNode schema) {
    int least = Math.min(MAX_TEXT, schema.path("minLength").asInt(0));
    int most = Math.clamp(schema.path("maxLength").asInt(MAX_TEXT), 0, MAX_TEXT);
    String filled = text.length() >= least ? text : text + "-".repeat(least - text.length());
    return filled.length() <= most ? filled : filled.substring(0, most);
  }
}
