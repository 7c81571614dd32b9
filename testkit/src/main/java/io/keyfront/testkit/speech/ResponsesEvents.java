package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The events of an OpenAI response, in the order of its API reference, "Streaming events". */
final class ResponsesEvents {
  private final ResponsesSpeech speech;
  private final List<Event> events = new ArrayList<>();

  /** Place of the item in the output. */
  private int index;

  ResponsesEvents(ResponsesSpeech speech) {
    this.speech = speech;
  }

  List<Event> all() {
    add("response.created", "response", speech.begun());
    add("response.in_progress", "response", speech.begun());
    if (speech.reply().usage().reasoning() > 0) {
      item("added", speech.reasoning());
      item("done", speech.reasoning());
      index++;
    }
    speech.reply().toolCall().ifPresentOrElse(this::call, this::text);
    add("response." + speech.status(), "response", speech.ended());
    return events;
  }

  private void call(Reply.ToolCall call) {
    ObjectNode done = speech.call(call, "completed", Json.text(call.arguments()));
    String about = "response.function_call_arguments.";
    String id = done.path("id").asText();
    item("added", speech.call(call, "in_progress", ""));
    for (String piece : call.pieces()) {
      ObjectNode delta = Json.object("item_id", id, "output_index", index, "delta", piece);
      event(about + "delta", 1, delta);
    }
    add(about + "done", "item_id", id, "output_index", index, "arguments", done.path("arguments"));
    item("done", done);
  }

  private void text() {
    String text = speech.reply().text();
    ObjectNode part = ResponsesSpeech.part(text);
    item("added", speech.message("in_progress", Json.array()));
    inPart("response.content_part.added", 0, "part", ResponsesSpeech.part(""));
    for (String word : speech.reply().words()) {
      inPart("response.output_text.delta", 1, "delta", word, "logprobs", Json.array());
    }
    inPart("response.output_text.done", 0, "text", text, "logprobs", Json.array());
    inPart("response.content_part.done", 0, "part", part);
    item("done", speech.message(speech.status(), Json.array(part)));
  }

  private void item(String what, ObjectNode item) {
    add("response.output_item." + what, "output_index", index, "item", item);
  }

  private void inPart(String type, long tokens, Object... members) {
    String id = speech.ask().id("msg_");
    ObjectNode place = Json.object("item_id", id, "output_index", index, "content_index", 0);
    event(type, tokens, place.setAll(Json.object(members)));
  }

  private void add(String type, Object... members) {
    event(type, 0, Json.object(members));
  }

  private void event(String type, long tokens, ObjectNode members) {
    ObjectNode numbered = Json.object("type", type, "sequence_number", events.size());
    events.add(Event.typed(numbered.setAll(members), tokens));
  }
}
