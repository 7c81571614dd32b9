package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI Responses; event order as in its API reference, "Streaming events". */
final class ResponsesSpeech {
  private static final long CREATED = 1_760_000_000L;

  private final Ask ask;
  private final Reply reply;
  private final List<Event> events = new ArrayList<>();

  private ResponsesSpeech(Ask ask) {
    this.ask = ask;
    this.reply = Reply.to(read(ask.body()));
  }

  static Answer responses(Ask ask) {
    ResponsesSpeech speech = new ResponsesSpeech(ask);
    Tokens usage = speech.reply.usage();
    Tokens counted =
        new Tokens(usage.input(), usage.cacheRead(), 0, 0, usage.output(), usage.reasoning());
    return ask.stream()
        ? Answer.stream(Framing.SSE, counted, speech.stream(counted))
        : Answer.json(counted, speech.response(speech.ended(), speech.output(), counted));
  }

  private static Conversation read(JsonNode body) {
    JsonNode input = body.path("input");
    JsonNode user = Conversations.lastOf(input, item -> item.path("role").asText().equals("user"));
    JsonNode last = input.path(input.size() - 1);
    JsonNode tool =
        Conversations.lastOf(
            body.path("tools"), one -> one.path("type").asText().equals("function"));
    return new Conversation(
        Conversation.textLength(input) + Conversation.textLength(body.path("instructions")),
        input.isTextual() ? input.textValue() : Conversation.textOf(user.path("content")),
        last.path("type").asText().endsWith("_call_output"),
        Conversations.tool(tool, "parameters"),
        Conversation.firstInt(body, "max_output_tokens"));
  }

  private String ended() {
    return reply.cutShort() ? "incomplete" : "completed";
  }

  private ObjectNode response(String status, ArrayNode output, @Nullable Tokens usage) {
    ObjectNode incomplete =
        status.equals("incomplete") ? Json.object("reason", "max_output_tokens") : null;
    ObjectNode response =
        Json.object(
            "id",
            ask.id("resp_"),
            "object",
            "response",
            "created_at",
            CREATED,
            "status",
            status,
            "background",
            false,
            "error",
            null,
            "incomplete_details",
            incomplete,
            "instructions",
            ask.body().path("instructions"),
            "model",
            ask.model(),
            "output",
            output,
            "parallel_tool_calls",
            true,
            "previous_response_id",
            null,
            "store",
            true,
            "temperature",
            1.0);
    return response.setAll(
        Json.object(
            "text",
            Json.object("format", Json.object("type", "text")),
            "tool_choice",
            "auto",
            "tools",
            Json.array(),
            "top_p",
            1.0,
            "truncation",
            "disabled",
            "usage",
            usage == null ? null : usage(usage),
            "metadata",
            Json.object()));
  }

  private static ObjectNode usage(Tokens tokens) {
    return Json.object(
        "input_tokens", tokens.totalInput(),
        "input_tokens_details", Json.object("cached_tokens", tokens.cacheRead()),
        "output_tokens", tokens.output(),
        "output_tokens_details", Json.object("reasoning_tokens", tokens.reasoning()),
        "total_tokens", tokens.totalInput() + tokens.output());
  }

  private ArrayNode output() {
    ArrayNode output = Json.array();
    if (reply.usage().reasoning() > 0) {
      output.add(reasoning());
    }
    return output.add(
        reply
            .toolCall()
            .map(call -> call(call, "completed", Json.text(call.arguments())))
            .orElseGet(() -> message(ended(), Json.array(part(reply.text())))));
  }

  private ObjectNode reasoning() {
    return Json.object("id", ask.id("rs_"), "type", "reasoning", "summary", Json.array());
  }

  private ObjectNode message(String status, ArrayNode content) {
    return Json.object(
        "id",
        ask.id("msg_"),
        "type",
        "message",
        "status",
        status,
        "role",
        "assistant",
        "content",
        content);
  }

  private ObjectNode call(Reply.ToolCall call, String status, String arguments) {
    return Json.object(
        "id",
        ask.id("fc_"),
        "type",
        "function_call",
        "status",
        status,
        "arguments",
        arguments,
        "call_id",
        ask.id("call_"),
        "name",
        call.name());
  }

  private static ObjectNode part(String text) {
    return Json.object(
        "type", "output_text", "annotations", Json.array(), "logprobs", Json.array(), "text", text);
  }

  private List<Event> stream(Tokens usage) {
    add("response.created", 0, "response", response("in_progress", Json.array(), null));
    add("response.in_progress", 0, "response", response("in_progress", Json.array(), null));
    int index = 0;
    if (usage.reasoning() > 0) {
      add("response.output_item.added", 0, "output_index", index, "item", reasoning());
      add("response.output_item.done", 0, "output_index", index++, "item", reasoning());
    }
    if (reply.toolCall().isPresent()) {
      streamCall(index, reply.toolCall().get());
    } else {
      streamText(index);
    }
    add("response." + ended(), 0, "response", response(ended(), output(), usage));
    return events;
  }

  private void streamCall(int index, Reply.ToolCall call) {
    String id = ask.id("fc_");
    String all = Json.text(call.arguments());
    String about = "response.function_call_arguments.";
    add(
        "response.output_item.added",
        0,
        "output_index",
        index,
        "item",
        call(call, "in_progress", ""));
    for (String piece : call.pieces()) {
      add(about + "delta", 1, "item_id", id, "output_index", index, "delta", piece);
    }
    add(about + "done", 0, "item_id", id, "output_index", index, "arguments", all);
    add(
        "response.output_item.done",
        0,
        "output_index",
        index,
        "item",
        call(call, "completed", all));
  }

  private void streamText(int index) {
    add(
        "response.output_item.added",
        0,
        "output_index",
        index,
        "item",
        message("in_progress", Json.array()));
    inPart("response.content_part.added", index, 0, "part", part(""));
    for (String word : reply.words()) {
      inPart("response.output_text.delta", index, 1, "delta", word, "logprobs", Json.array());
    }
    inPart("response.output_text.done", index, 0, "text", reply.text(), "logprobs", Json.array());
    inPart("response.content_part.done", index, 0, "part", part(reply.text()));
    add(
        "response.output_item.done",
        0,
        "output_index",
        index,
        "item",
        message(ended(), Json.array(part(reply.text()))));
  }

  private void inPart(String type, int index, long tokens, Object... rest) {
    ObjectNode data =
        Json.object("item_id", ask.id("msg_"), "output_index", index, "content_index", 0);
    event(type, tokens, data.setAll(Json.object(rest)));
  }

  private void add(String type, long tokens, Object... rest) {
    event(type, tokens, Json.object(rest));
  }

  private void event(String type, long tokens, ObjectNode data) {
    ObjectNode numbered = Json.object("type", type, "sequence_number", events.size());
    events.add(Event.typed(numbered.setAll(data), tokens));
  }
}
