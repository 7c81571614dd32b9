package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The event sequence of OpenAI Responses, as "Streaming events" in its API reference lists it. */
final class ResponsesStream {
  private final ResponsesVoice voice;
  private final Reply reply;
  private final List<Frame> frames = new ArrayList<>();

  ResponsesStream(ResponsesVoice voice, Reply reply) {
    this.voice = voice;
    this.reply = reply;
  }

  List<Frame> frames() {
    add("response.created", "response", voice.begun());
    add("response.in_progress", "response", voice.begun());
    reply.toolCall().ifPresentOrElse(this::call, this::text);
    add("response." + ResponsesVoice.status(reply), "response", voice.ended(reply));
    return frames;
  }

  private void call(Reply.ToolCall tool) {
    String arguments = tool.arguments().toString();
    String event = "response.function_call_arguments.";
    ObjectNode done = voice.functionCall(tool, "completed", arguments);
    String id = done.path("id").asText();
    add(
        "response.output_item.added",
        "output_index",
        0,
        "item",
        voice.functionCall(tool, "in_progress", ""));
    for (String part : tool.parts()) {
      say(event + "delta", "item_id", id, "output_index", 0, "delta", part);
    }
    add(event + "done", "item_id", id, "output_index", 0, "arguments", arguments);
    add("response.output_item.done", "output_index", 0, "item", done);
  }

  private void text() {
    ObjectNode begun = voice.message("in_progress", Json.array());
    JsonNode part = ResponsesVoice.part(reply.text());
    String id = begun.path("id").asText();
    add("response.output_item.added", "output_index", 0, "item", begun);
    inPart("response.content_part.added", id, "part", ResponsesVoice.part(""));
    for (String word : reply.words()) {
      inPart("response.output_text.delta", id, "delta", word, "logprobs", Json.array());
      frames.add(frames.removeLast().asSpoken());
    }
    inPart("response.output_text.done", id, "text", reply.text(), "logprobs", Json.array());
    inPart("response.content_part.done", id, "part", part);
    add(
        "response.output_item.done",
        "output_index",
        0,
        "item",
        voice.message(ResponsesVoice.status(reply), Json.array(part)));
  }

  private void inPart(String type, String item, Object... members) {
    ObjectNode place = Json.object("item_id", item, "output_index", 0, "content_index", 0);
    frames.add(numbered(type, place.setAll(Json.object(members))));
  }

  private void say(String type, Object... members) {
    frames.add(numbered(type, Json.object(members)).asSpoken());
  }

  private void add(String type, Object... members) {
    frames.add(numbered(type, Json.object(members)));
  }

  private Frame numbered(String type, ObjectNode members) {
    ObjectNode data = Json.object("type", type, "sequence_number", frames.size());
    return Frame.typed(data.setAll(members));
  }
}
