package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the mock answers, before any protocol. The same prompt always gets the same reply.
 *
 * @param words the text in the parts in which it is streamed; empty with a tool call
 * @param toolCall the tool call made instead of text
 * @param cut whether the output limit shortened the text
 * @param inputTokens of the prompt, 1 and up
 * @param outputTokens of the reply, 1 and up, at most the prompt's limit
 */
record Reply(
    List<String> words,
    Optional<ToolCall> toolCall,
    boolean cut,
    long inputTokens,
    long outputTokens) {
  private static final int QUOTED_CHARACTERS = 200;
  private static final int LONGEST_PART = 24;
  private static final int CHARACTERS_PER_TOKEN = 4;

  /**
   * A call of a tool.
   *
   * @param parts the JSON text of the arguments, as it is streamed
   */
  record ToolCall(String name, JsonNode arguments, List<String> parts) {}

  /**
   * @param eagerForTools whether a tool on offer is called without need
   */
  static Reply to(Prompt prompt, boolean eagerForTools) {
    boolean calls = prompt.toolResult().isEmpty() && (eagerForTools || prompt.toolForced());
    Optional<ToolCall> call = calls ? prompt.tool().map(Reply::callOf) : Optional.empty();
    String whole = call.isPresent() ? "" : text(prompt);
    String text = limited(whole, prompt.maxOutput());
    int length = call.map(c -> c.arguments().toString().length()).orElse(text.length());
    return new Reply(
        parts(text),
        call,
        text.length() < whole.length(),
        inputTokens(prompt),
        Math.min(prompt.maxOutput(), tokens(length)));
  }

  /** What the prompt counts. */
  static long inputTokens(Prompt prompt) {
    return tokens(prompt.characters());
  }

  String text() {
    return String.join("", words);
  }

  /** A token for each four characters, at least one. */
  static long tokens(long characters) {
    return Math.max(1, characters / CHARACTERS_PER_TOKEN);
  }

  private static String text(Prompt prompt) {
    String sentence =
        "Hello from the Keyfront mock. "
            + prompt
                .toolResult()
                .map(result -> "The tool returned: " + quoted(result))
                .orElseGet(() -> "You said: " + quoted(prompt.lastUserText()))
            + " No provider key was used.";
    return prompt.schema().map(schema -> SchemaSample.answer(schema, sentence)).orElse(sentence);
  }

  private static String quoted(String text) {
    return "\"" + first(text.strip(), QUOTED_CHARACTERS) + "\".";
  }

  private static String limited(String text, long tokens) {
    return tokens >= text.length() ? text : first(text, (int) tokens * CHARACTERS_PER_TOKEN);
  }

  /** The first characters, never half of a surrogate pair. */
  private static String first(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splitsPair ? length - 1 : length);
  }

  private static ToolCall callOf(Prompt.Tool tool) {
    JsonNode arguments = SchemaSample.arguments(tool.schema());
    return new ToolCall(tool.name(), arguments, parts(arguments.toString()));
  }

  /** Word by word, each with the space before it; a long word in several parts. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (String word : text.split("(?<=\\S)(?=\\s)", -1)) {
      String rest = word;
      while (!rest.isEmpty()) {
        String part = first(rest, LONGEST_PART);
        parts.add(part);
        rest = rest.substring(part.length());
      }
    }
    return List.copyOf(parts);
  }
}
