package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks into lists of messages and tools. */
final class Conversations {
  private Conversations() {}

  /** The last element that fits, or a missing node. */
  static JsonNode lastOf(JsonNode list, Predicate<JsonNode> fits) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (fits.test(list.path(i))) {
        return list.path(i);
      }
    }
    return MissingNode.getInstance();
  }

  /** The first element that fits, or a missing node. */
  static JsonNode firstOf(JsonNode list, Predicate<JsonNode> fits) {
    for (JsonNode element : list) {
      if (fits.test(element)) {
        return element;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean any(JsonNode list, Predicate<JsonNode> fits) {
    return !lastOf(list, fits).isMissingNode();
  }

  /** A tool description with {@code name} and, under the name given, a schema. */
  static Optional<Conversation.Tool> tool(JsonNode description, String schema) {
    return description.path("name").isTextual()
        ? Optional.of(
            new Conversation.Tool(description.path("name").asText(), description.path(schema)))
        : Optional.empty();
  }
}
