package io.keyfront.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.testkit.speech.Json;
import java.util.List;

/** Takes the usage out of what a provider says. */
final class UsageRemoval {
  private static final List<String> NAMES = List.of("usage", "usageMetadata");

  private UsageRemoval() {}

  /** The same JSON without usage; a text that is no JSON object stays as it is. */
  static String from(String data) {
    if (!data.startsWith("{")) {
      return data;
    }
    JsonNode node = Json.parse(data);
    remove(node);
    return Json.text(node);
  }

  private static void remove(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(NAMES);
    }
    node.forEach(UsageRemoval::remove);
  }
}
