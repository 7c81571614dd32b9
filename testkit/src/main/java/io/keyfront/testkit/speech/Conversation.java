package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request read without regard to its dialect.
 *
 * @param characters length of all text in the prompt
 * @param lastUserText text of the user's last message; empty where there is none
 * @param toolResult whether the conversation ends with a tool's result
 * @param tool the first tool on offer
 * @param maxOutput the request's own limit of output tokens
 */
public record Conversation(
    long characters,
    String lastUserText,
    boolean toolResult,
    Optional<Tool> tool,
    OptionalInt maxOutput) {

  /**
   * A tool on offer.
   *
   * @param schema JSON schema of its arguments
   */
  public record Tool(String name, JsonNode schema) {}

  /** Length of all strings below a node. */
  static long textLength(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().length();
    }
    long sum = 0;
    for (JsonNode child : node) {
      sum += textLength(child);
    }
    return sum;
  }

  /** The text of a message: a string, or the {@code text} of its blocks, one per line. */
  static String textOf(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      String part = block.isTextual() ? block.textValue() : block.path("text").asText("");
      if (!part.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(part);
      }
    }
    return text.toString();
  }

  static OptionalInt firstInt(JsonNode node, String... names) {
    for (String name : names) {
      if (node.path(name).canConvertToInt()) {
        return OptionalInt.of(node.path(name).intValue());
      }
    }
    return OptionalInt.empty();
  }
}
