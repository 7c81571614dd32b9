package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the provider says to one request.
 *
 * @param status HTTP status
 * @param headers names and values, without those of framing and length
 * @param events in the order of sending
 * @param begun owed before the first byte: prompt and reasoning
 */
public record Answer(
    int status,
    Map<String, List<String>> headers,
    Framing framing,
    List<Event> events,
    Tokens begun) {

  public Answer {
    headers = Map.copyOf(headers);
    events = List.copyOf(events);
  }

  /** A complete JSON document. */
  public static Answer json(Tokens usage, JsonNode document) {
    long visible = usage.output() - usage.reasoning();
    return new Answer(
        200, Map.of(), Framing.JSON, List.of(Event.of(document, visible)), usage.begun());
  }

  /** A JSON document that costs nothing. */
  public static Answer free(int status, JsonNode document) {
    return new Answer(status, Map.of(), Framing.JSON, List.of(Event.of(document, 0)), Tokens.NONE);
  }

  /** A stream whose events carry the visible output. */
  public static Answer stream(Framing framing, Tokens usage, List<Event> events) {
    return new Answer(200, Map.of(), framing, events, usage.begun());
  }

  /** Everything owed when the answer is complete. */
  public Tokens total() {
    long visible = events.stream().mapToLong(Event::outputTokens).sum();
    return begun.plus(Tokens.ofOutput(visible));
  }

  public Answer withEvents(List<Event> others) {
    return new Answer(status, headers, framing, others, begun);
  }

  /** The same with more headers; a header that is there already is replaced. */
  public Answer withHeaders(Map<String, List<String>> more) {
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, framing, events, begun);
  }
}
