package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request as the mock understands it, whatever protocol it came in.
 *
 * @param characters length of the prompt's text
 * @param lastUserText what the user said last; empty where nothing was said
 * @param toolResult the result that the conversation ends with
 * @param tool the tool to call, if one is to be called: the one that is forced by name, else the
 *     first on offer
 * @param toolForced whether the request demands a tool call
 * @param schema the JSON schema that the answer must fit; an empty object demands any JSON object
 * @param maxOutput most tokens of output, 1 and up
 */
record Prompt(
    long characters,
    String lastUserText,
    Optional<String> toolResult,
    Optional<Tool> tool,
    boolean toolForced,
    Optional<JsonNode> schema,
    long maxOutput) {

  /**
   * A tool on offer.
   *
   * @param schema JSON schema of its arguments; missing where it takes none
   */
  record Tool(String name, JsonNode schema) {}
}
