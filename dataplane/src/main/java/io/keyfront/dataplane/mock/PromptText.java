package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds text and the like in requests of any shape, also in such as no provider would take. */
final class PromptText {
  /** Members whose strings are no text a model reads. */
  private static final Set<String> NOT_TEXT =
      Set.of(
          "type",
          "role",
          "id",
          "name",
          "data",
          "url",
          "image_url",
          "file_data",
          "file_id",
          "fileUri",
          "media_type",
          "mimeType",
          "signature",
          "thoughtSignature",
          "encrypted_content",
          "tool_use_id",
          "tool_call_id",
          "call_id");

  private PromptText() {}

  /** Length of all text below a node. */
  static long length(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().length();
    }
    long sum = 0;
    for (JsonNode element : node.isArray() ? node : MissingNode.getInstance()) {
      sum += length(element);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      sum += NOT_TEXT.contains(member.getKey()) ? 0 : length(member.getValue());
    }
    return sum;
  }

  /**
   * What a person said in a message: its last block of text. Harnesses put notes of their own into
   * the same message, wrapped in tags; such a block counts only where there is no other.
   */
  static String said(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    String note = "";
    for (int i = content.size() - 1; i >= 0; i--) {
      String text = text(content.path(i));
      if (!text.isBlank() && !text.stripLeading().startsWith("<")) {
        return text;
      }
      note = note.isEmpty() ? text : note;
    }
    return note;
  }

  /** All text of a tool's result, a line per block. */
  static String all(JsonNode content) {
    if (!content.isArray()) {
      return content.isTextual() ? content.textValue() : content.toString();
    }
    StringBuilder all = new StringBuilder();
    for (JsonNode block : content) {
      all.append(all.isEmpty() ? "" : "\n").append(text(block));
    }
    return all.toString();
  }

  static JsonNode last(JsonNode list) {
    return list.path(list.size() - 1);
  }

  /** The last element that fits; missing where none does. */
  static JsonNode last(JsonNode list, Predicate<JsonNode> fits) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (fits.test(list.path(i))) {
        return list.path(i);
      }
    }
    return MissingNode.getInstance();
  }

  /** Whether a member is exactly this text. */
  static boolean is(JsonNode node, String member, String text) {
    return node.path(member).asText("").equals(text);
  }

  /** The first of some members that is there; missing where none is. */
  static JsonNode either(JsonNode node, String... members) {
    for (String member : members) {
      if (node.has(member)) {
        return node.path(member);
      }
    }
    return MissingNode.getInstance();
  }

  /** The limit of output in one of these members; without limit where none is a number. */
  static long limit(JsonNode node, String... members) {
    JsonNode limit = either(node, members);
    return limit.isNumber() ? Math.max(1, limit.longValue()) : Long.MAX_VALUE;
  }

  /** A tool from an object with its name and, under one of some members, its schema. */
  static Optional<Prompt.Tool> tool(JsonNode declaration, String... schema) {
    JsonNode name = declaration.path("name");
    return name.isTextual()
        ? Optional.of(new Prompt.Tool(name.textValue(), either(declaration, schema)))
        : Optional.empty();
  }

  private static String text(JsonNode block) {
    return block.isTextual() ? block.textValue() : block.path("text").asText("");
  }
}
