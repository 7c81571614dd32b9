package io.keyfront.dataplane.mock;

import static io.keyfront.dataplane.mock.PromptText.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OpenAI Responses, as its API reference describes the response object. */
record ResponsesVoice(Call call) implements Voice {

  @Override
  public Prompt prompt() {
    JsonNode body = call.body();
    JsonNode input = body.path("input");
    JsonNode last = PromptText.last(input);
    JsonNode user = PromptText.last(input, item -> is(item, "role", "user"));
    JsonNode choice = body.path("tool_choice");
    return new Prompt(
        PromptText.length(body.path("instructions")) + PromptText.length(input),
        PromptText.said(input.isTextual() ? input : user.path("content")),
        last.path("type").asText("").endsWith("_call_output")
            ? Optional.of(PromptText.all(last.path("output")))
            : Optional.empty(),
        tool(body),
        choice.isObject() || choice.asText("").equals("required"),
        schema(body.path("text").path("format")),
        PromptText.limit(body, "max_output_tokens"));
  }

  private static Optional<Prompt.Tool> tool(JsonNode body) {
    String forced = body.path("tool_choice").path("name").asText("");
    for (JsonNode tool : body.path("tools")) {
      if (is(tool, "type", "function") && (forced.isEmpty() || is(tool, "name", forced))) {
        return PromptText.tool(tool, "parameters");
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> schema(JsonNode format) {
    return switch (format.path("type").asText("")) {
      case "json_schema" -> Optional.of(format.path("schema"));
      case "json_object" -> Optional.of(Json.object());
      default -> Optional.empty();
    };
  }

  @Override
  public JsonNode document(Reply reply) {
    return ended(reply);
  }

  @Override
  public List<Frame> frames(Reply reply) {
    return new ResponsesStream(this, reply).frames();
  }

  /** The response while it is being made. */
  ObjectNode begun() {
    return response("in_progress", Json.array(), null);
  }

  /** The response when nothing more comes. */
  ObjectNode ended(Reply reply) {
    ObjectNode item =
        reply
            .toolCall()
            .map(tool -> functionCall(tool, "completed", tool.arguments().toString()))
            .orElseGet(() -> message(status(reply), Json.array(part(reply.text()))));
    return response(status(reply), Json.array(item), usage(reply));
  }

  /** The response that an error ends. */
  ObjectNode failed() {
    ObjectNode response = response("failed", Json.array(), null);
    return response.set(
        "error", Json.object("code", "server_error", "message", MockErrors.IN_STREAM));
  }

  static String status(Reply reply) {
    return reply.cut() ? "incomplete" : "completed";
  }

  ObjectNode message(String status, ArrayNode content) {
    return Json.object(
        "id",
        call.id("msg_"),
        "type",
        "message",
        "status",
        status,
        "role",
        "assistant",
        "content",
        content);
  }

  ObjectNode functionCall(Reply.ToolCall tool, String status, String arguments) {
    return Json.object(
        "id",
        call.id("fc_"),
        "type",
        "function_call",
        "status",
        status,
        "call_id",
        call.id("call_"),
        "name",
        tool.name(),
        "arguments",
        arguments);
  }

  static ObjectNode part(String text) {
    return Json.object(
        "type", "output_text", "annotations", Json.array(), "logprobs", Json.array(), "text", text);
  }

  private ObjectNode response(String status, ArrayNode output, @Nullable ObjectNode usage) {
    boolean incomplete = status.equals("incomplete");
    ObjectNode response =
        Json.object(
            "id",
            call.id("resp_"),
            "object",
            "response",
            "created_at",
            Call.CREATED,
            "status",
            status,
            "background",
            false,
            "error",
            null,
            "incomplete_details",
            incomplete ? Json.object("reason", "max_output_tokens") : null,
            "instructions",
            null,
            "max_output_tokens",
            null,
            "model",
            call.model(),
            "output",
            output);
    response.setAll(settings());
    return response.set("usage", Json.node(usage));
  }

  /** What a response repeats of its request; the mock gives the defaults. */
  private static ObjectNode settings() {
    return Json.object(
        "parallel_tool_calls",
        true,
        "previous_response_id",
        null,
        "reasoning",
        Json.object("effort", null, "summary", null),
        "store",
        false,
        "temperature",
        1,
        "text",
        Json.object("format", Json.object("type", "text")),
        "tool_choice",
        "auto",
        "tools",
        Json.array(),
        "top_p",
        1,
        "truncation",
        "disabled",
        "user",
        null,
        "metadata",
        Json.object());
  }

  private static ObjectNode usage(Reply reply) {
    return Json.object(
        "input_tokens", reply.inputTokens(),
        "input_tokens_details", Json.object("cached_tokens", 0, "cache_write_tokens", 0),
        "output_tokens", reply.outputTokens(),
        "output_tokens_details", Json.object("reasoning_tokens", 0),
        "total_tokens", reply.inputTokens() + reply.outputTokens());
  }
}
