package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of an answer; an answer that is not streamed has a single one.
 *
 * @param name the SSE event name; empty where the format sends none
 * @param data the text after {@code data:}, or the whole document
 * @param outputTokens visible output tokens that this event delivers, owed when it is made
 */
public record Event(String name, String data, long outputTokens) {

  /** An event without a name. */
  public static Event of(JsonNode data, long outputTokens) {
    return new Event("", Json.text(data), outputTokens);
  }

  /** An event named like the {@code type} of its data. */
  public static Event typed(JsonNode data, long outputTokens) {
    return new Event(data.path("type").asText(), Json.text(data), outputTokens);
  }

  public Event withData(String other) {
    return new Event(name, other, outputTokens);
  }
}
