package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a streamed answer.
 *
 * @param name the SSE event's name; empty where the protocol sends none
 * @param data what stands after {@code data:}
 * @param spoken whether it carries a part of the reply, so that a slow mock waits before it
 */
record Frame(String name, String data, boolean spoken) {

  /** An event without a name. */
  static Frame plain(JsonNode data) {
    return new Frame("", data.toString(), false);
  }

  /** An event named by the {@code type} of its data. */
  static Frame typed(JsonNode data) {
    return new Frame(data.path("type").asText(), data.toString(), false);
  }

  /** The same, as part of the reply. */
  Frame asSpoken() {
    return new Frame(name, data, true);
  }
}
