package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** OpenAI Responses; shapes as in its API reference, "The response object". */
record ResponsesSpeech(Ask ask, Reply reply) {
  private static final long CREATED = 1_760_000_000L;

  static Answer responses(Ask ask) {
    ResponsesSpeech speech = new ResponsesSpeech(ask, Reply.to(read(ask.body())));
    return ask.stream()
        ? Answer.stream(Framing.SSE, speech.counted(), new ResponsesEvents(speech).all())
        : Answer.json(speech.counted(), speech.ended());
  }

  private static Conversation read(JsonNode body) {
    JsonNode input = body.path("input");
    JsonNode user = Conversations.lastOf(input, item -> is(item, "role", "user"));
    JsonNode last = input.path(input.size() - 1);
    JsonNode tool = Conversations.firstOf(body.path("tools"), one -> is(one, "type", "function"));
    return new Conversation(
        Conversation.textLength(input) + Conversation.textLength(body.path("instructions")),
        input.isTextual() ? input.textValue() : Conversation.textOf(user.path("content")),
        last.path("type").asText().endsWith("_call_output"),
        Conversations.tool(tool, "parameters"),
        Conversation.firstInt(body, "max_output_tokens"));
  }

  private static boolean is(JsonNode node, String member, String text) {
    return node.path(member).asText().equals(text);
  }

  /** OpenAI knows cache writes of one kind. */
  private Tokens counted() {
    Tokens all = reply.usage();
    return new Tokens(
        all.input(), all.cacheRead(), all.cacheWrite5m(), 0, all.output(), all.reasoning());
  }

  ObjectNode begun() {
    return response("in_progress", Json.array(), null);
  }

  ObjectNode ended() {
    ArrayNode output = Json.array();
    if (reply.usage().reasoning() > 0) {
      output.add(reasoning());
    }
    output.add(
        reply
            .toolCall()
            .map(call -> call(call, "completed", Json.text(call.arguments())))
            .orElseGet(() -> message(status(), Json.array(part(reply.text())))));
    return response(status(), output, usage(counted()));
  }

  String status() {
    return reply.cutShort() ? "incomplete" : "completed";
  }

  ObjectNode reasoning() {
    return Json.object("id", ask.id("rs_"), "type", "reasoning", "summary", Json.array());
  }

  ObjectNode message(String status, ArrayNode content) {
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

  ObjectNode call(Reply.ToolCall call, String status, String arguments) {
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

  static ObjectNode part(String text) {
    return Json.object(
        "type", "output_text", "annotations", Json.array(), "logprobs", Json.array(), "text", text);
  }

  private ObjectNode response(String status, ArrayNode output, @Nullable ObjectNode usage) {
    ObjectNode cut =
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
            "error",
            null,
            "incomplete_details",
            cut,
            "instructions",
            ask.body().path("instructions"),
            "model",
            ask.model(),
            "output",
            output);
    response.setAll(settings());
    return response.setAll(Json.object("usage", usage));
  }

  private static ObjectNode settings() {
    ObjectNode plainText = Json.object("format", Json.object("type", "text"));
    return Json.object(
        "background",
        false,
        "parallel_tool_calls",
        true,
        "previous_response_id",
        null,
        "store",
        true,
        "temperature",
        1.0,
        "text",
        plainText,
        "tool_choice",
        "auto",
        "tools",
        Json.array(),
        "top_p",
        1.0,
        "truncation",
        "disabled",
        "metadata",
        Json.object());
  }

  private static ObjectNode usage(Tokens tokens) {
    ObjectNode input =
        Json.object(
            "cached_tokens", tokens.cacheRead(), "cache_write_tokens", tokens.cacheWrite5m());
    ObjectNode output = Json.object("reasoning_tokens", tokens.reasoning());
    return Json.object(
        "input_tokens",
        tokens.totalInput(),
        "input_tokens_details",
        input,
        "output_tokens",
        tokens.output(),
        "output_tokens_details",
        output,
        "total_tokens",
        tokens.totalInput() + tokens.output());
  }
}
