package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the fake model answers, before any dialect: the same question gives the same reply.
 *
 * @param words each is one event and one token when streamed; empty with a tool call
 * @param toolCall the call of a tool instead of text
 * @param cutShort whether the request's output limit ended it
 */
public record Reply(
    List<String> words, Optional<ToolCall> toolCall, boolean cutShort, Tokens usage) {
  private static final int ECHOED_CHARACTERS = 200;
  private static final int ARGUMENT_PIECE = 8;

  /**
   * A tool call the model makes.
   *
   * @param pieces the JSON text of the arguments as it is streamed, a token each
   */
  public record ToolCall(String name, JsonNode arguments, List<String> pieces) {}

  public static Reply to(Conversation conversation) {
    Wish wish = Wish.in(conversation.lastUserText());
    int limit = conversation.maxOutput().orElse(Integer.MAX_VALUE);
    int reasoning = Math.min(wish.reasoning(), limit);
    Optional<ToolCall> call =
        wish.useTool() && !conversation.toolResult()
            ? conversation.tool().map(Reply::callOf)
            : Optional.empty();
    List<String> all = call.isPresent() ? List.of() : words(conversation, wish);
    List<String> words = all.subList(0, Math.min(all.size(), limit - reasoning));
    long visible = call.map(c -> (long) c.pieces().size()).orElse((long) words.size());
    Tokens usage =
        new Tokens(
            Math.max(1, conversation.characters() / 4),
            wish.cacheRead(),
            wish.cacheWrite5m(),
            wish.cacheWrite1h(),
            reasoning + visible,
            reasoning);
    return new Reply(List.copyOf(words), call, words.size() < all.size(), usage);
  }

  /** The whole text. */
  public String text() {
    return String.join("", words);
  }

  private static List<String> words(Conversation conversation, Wish wish) {
    if (wish.length().isPresent()) {
      List<String> words = new ArrayList<>();
      for (int i = 1; i <= wish.length().getAsInt(); i++) {
        words.add((i == 1 ? "word" : " word") + i);
      }
      return words;
    }
    String heard = conversation.lastUserText();
    String echo = heard.substring(0, Math.min(heard.length(), ECHOED_CHARACTERS));
    return List.of(("Echo: " + echo).split("(?<=\\S)(?=\\s)"));
  }

  private static ToolCall callOf(Conversation.Tool tool) {
    JsonNode arguments = argumentsFor(tool.schema());
    String text = Json.text(arguments);
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); at += ARGUMENT_PIECE) {
      pieces.add(text.substring(at, Math.min(text.length(), at + ARGUMENT_PIECE)));
    }
    return new ToolCall(tool.name(), arguments, pieces);
  }

  private static JsonNode argumentsFor(JsonNode schema) {
    ObjectNode arguments = Json.object();
    for (JsonNode name : schema.path("required")) {
      JsonNode type = schema.path("properties").path(name.asText()).path("type");
      Object value =
          switch (type.asText().toLowerCase(Locale.ROOT)) {
            case "integer", "number" -> 1;
            case "boolean" -> true;
            case "array" -> List.of();
            case "object" -> Json.object();
            default -> "fake";
          };
      arguments.setAll(Json.object(name.asText(), value));
    }
    return arguments;
  }
}
