package io.keyfront.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.testkit.speech.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * One server-sent event as a client reads it (WHATWG HTML, "Interpreting an event stream").
 *
 * @param name the {@code event} field; empty where there is none
 * @param data the {@code data} fields, joined by line ends
 */
public record SseEvent(String name, String data) {

  /** Reads a whole stream; an event that no blank line ends is not one. */
  public static List<SseEvent> parse(String stream) {
    List<SseEvent> events = new ArrayList<>();
    String name = "";
    List<String> data = new ArrayList<>();
    String[] lines = stream.split("\r\n|\n|\r", -1);
    for (int i = 0; i < lines.length - 1; i++) {
      String line = lines[i];
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(new SseEvent(name, String.join("\n", data)));
        }
        name = "";
        data.clear();
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.add(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
      }
    }
    return events;
  }

  /** The data as JSON. */
  public JsonNode json() {
    return Json.parse(data);
  }
}
