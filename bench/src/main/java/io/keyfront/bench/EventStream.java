package io.keyfront.bench;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A streamed Anthropic Messages answer of {@value #EVENTS} events, shaped like the real ones: one
 * word or two per text delta, usage in the first event and in the last but one (source: Anthropic's
 * documentation of streaming messages).
 */
final class EventStream {
  /** Events in one answer. */
  static final int EVENTS = 200;

  private static final int FRAMING_EVENTS = 6;
  private static final String[] WORDS = {
    "The ",
    "build ",
    "passes ",
    "now, ",
    "and ",
    "every ",
    "test ",
    "of ",
    "the ",
    "proxy ",
    "names ",
    "the ",
    "side ",
    "and ",
    "moment ",
    "it ",
    "breaks. "
  };

  private EventStream() {}

  /** The events in order, each ready to be written. */
  static List<Buffer> encode() {
    List<Buffer> events = new ArrayList<>(EVENTS);
    events.add(messageStart());
    events.add(
        event(
            "content_block_start",
            ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
    events.add(event("ping", ""));
    for (int word = 0; word < EVENTS - FRAMING_EVENTS; word++) {
      events.add(textDelta(WORDS[word % WORDS.length]));
    }
    events.add(event("content_block_stop", ",\"index\":0"));
    events.add(
        event(
            "message_delta",
            ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                + "\"usage\":{\"output_tokens\":212}"));
    events.add(event("message_stop", ""));
    return List.copyOf(events);
  }

  private static Buffer messageStart() {
    return event(
        "message_start",
        ",\"message\":{\"id\":\"msg_01Bench00000000000000000\",\"type\":\"message\","
            + "\"role\":\"assistant\",\"model\":\"bench-large\",\"content\":[],"
            + "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":11,"
            + "\"cache_creation_input_tokens\":1830,\"cache_read_input_tokens\":24512,"
            + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":1830,"
            + "\"ephemeral_1h_input_tokens\":0},\"output_tokens\":3}}");
  }

  private static Buffer textDelta(String text) {
    return event(
        "content_block_delta",
        ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
  }

  private static Buffer event(String type, String fields) {
    return Buffer.buffer(
        "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + fields + "}\n\n");
  }
}
