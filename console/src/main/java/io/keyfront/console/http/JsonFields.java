package io.keyfront.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.console.fault.AdminRefused;
import io.keyfront.console.fault.CallFault;
import io.keyfront.console.fault.FieldFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object, read strictly: a field twice, of the wrong type, too long or not
 * known is refused with {@link AdminRefused}.
 */
final class JsonFields {
  /** The longest list or map of one field. */
  static final int MAX_ITEMS = 64;

  private static final int MAX_DEPTH = 8;
  private static final int WORD_LENGTH = 64;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
  }

  private final ObjectNode object;

  /** What stands before a field's name in messages: empty, or the object's own path and a dot. */
  private final String path;

  private JsonFields(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * @param known the fields the caller will read
   * @param planned fields that are refused as not supported yet
   */
  static JsonFields read(byte[] body, List<String> known, List<String> planned) {
    JsonFields fields = new JsonFields(object(body), "");
    fields
        .object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (planned.contains(name)) {
                throw new FieldFault.Unsupported(name).refused();
              }
            });
    return fields.requireKnown(known);
  }

  private JsonFields requireKnown(List<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new FieldFault.Unknown(path + name, String.join(", ", known)).refused();
              }
            });
    return this;
  }

  private static ObjectNode object(byte[] body) {
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw new CallFault.NotJson("it must begin with { and end with }").refused();
    } catch (JsonProcessingException notJson) {
      throw new CallFault.NotJson(notJson.getOriginalMessage().replaceAll("\\s+", " ")).refused();
    } catch (IOException impossible) {
      throw new IllegalStateException("Reading from memory does not fail.", impossible);
    }
  }

  boolean isNull(String name) {
    return object.has(name) && object.get(name).isNull();
  }

  boolean has(String name) {
    return object.has(name);
  }

  /**
   * An object in this one; empty where it is absent or null.
   *
   * @param known its fields
   */
  Optional<JsonFields> object(String name, List<String> known) {
    return given(name)
        .map(
            node -> {
              if (node instanceof ObjectNode nested) {
                return new JsonFields(nested, path + name + ".").requireKnown(known);
              }
              throw new FieldFault.Invalid(
                      path + name,
                      "'%s' is an object: %s.".formatted(path + name, String.join(", ", known)))
                  .refused();
            });
  }

  /** A whole number; empty where it is absent or null. */
  Optional<Long> whole(String name) {
    return given(name)
        .map(
            node -> {
              if (node.isIntegralNumber() && node.canConvertToLong()) {
                return node.longValue();
              }
              throw new FieldFault.Invalid(
                      path + name, "'%s' takes a whole number, or null.".formatted(path + name))
                  .refused();
            });
  }

  /**
   * A short text; empty where it is absent or null.
   *
   * @param example what would be right
   */
  Optional<String> word(String name, String example) {
    return given(name)
        .map(
            node -> {
              if (node.isTextual() && node.textValue().length() <= WORD_LENGTH) {
                return node.textValue();
              }
              throw new FieldFault.Invalid(
                      path + name, "'%s' takes text, like \"%s\".".formatted(path + name, example))
                  .refused();
            });
  }

  private Optional<JsonNode> given(String name) {
    return value(name).filter(node -> !node.isNull());
  }

  /** A text of at most so many characters. */
  Optional<String> text(String name, int maxLength) {
    return value(name).map(node -> text(path + name, node, maxLength));
  }

  /** A list of texts, each of at most so many characters. */
  Optional<List<String>> texts(String name, int maxLength) {
    return value(name)
        .map(
            node -> {
              requireItems(name, node, node.isArray(), "a list of texts");
              List<String> texts = new ArrayList<>();
              node.forEach(item -> texts.add(text(name, item, maxLength)));
              return texts;
            });
  }

  /** An object of texts, each of at most so many characters. */
  Optional<Map<String, String>> map(String name, int maxLength) {
    return value(name)
        .map(
            node -> {
              requireItems(name, node, node.isObject(), "an object of texts");
              Map<String, String> texts = new LinkedHashMap<>();
              node.properties()
                  .forEach(
                      item -> texts.put(item.getKey(), text(name, item.getValue(), maxLength)));
              return texts;
            });
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(object.get(name));
  }

  private static void requireItems(String name, JsonNode node, boolean rightType, String what) {
    if (!rightType || node.size() > MAX_ITEMS) {
      throw new FieldFault.Invalid(
              name, "'%s' is %s, with at most %d items.".formatted(name, what, MAX_ITEMS))
          .refused();
    }
  }

  private static String text(String name, JsonNode node, int maxLength) {
    if (!node.isTextual() || node.textValue().length() > maxLength) {
      throw new FieldFault.Invalid(
              name, "'%s' takes text of at most %d characters.".formatted(name, maxLength))
          .refused();
    }
    return node.textValue();
  }
}
