package io.keyfront.dataplane.mock;

import static io.keyfront.dataplane.mock.PromptText.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Anthropic Messages, as its API reference describes messages and their stream. */
record AnthropicVoice(Call call) implements Voice {

  @Override
  public Prompt prompt() {
    JsonNode body = call.body();
    JsonNode messages = body.path("messages");
    JsonNode user =
        PromptText.last(
            messages,
            message ->
                is(message, "role", "user") && !PromptText.said(message.path("content")).isEmpty());
    String choice = body.path("tool_choice").path("type").asText("");
    return new Prompt(
        PromptText.length(body.path("system")) + PromptText.length(messages),
        PromptText.said(user.path("content")),
        toolResult(PromptText.last(messages)),
        tool(body),
        choice.equals("any") || choice.equals("tool"),
        schema(body),
        PromptText.limit(body, "max_tokens"));
  }

  private static Optional<String> toolResult(JsonNode message) {
    JsonNode block =
        PromptText.last(message.path("content"), one -> is(one, "type", "tool_result"));
    return block.isMissingNode()
        ? Optional.empty()
        : Optional.of(PromptText.all(block.path("content")));
  }

  /** Server-side tools have no schema: the mock cannot run them, so it does not ask for them. */
  private static Optional<Prompt.Tool> tool(JsonNode body) {
    String forced = body.path("tool_choice").path("name").asText("");
    for (JsonNode tool : body.path("tools")) {
      if (tool.has("input_schema") && (forced.isEmpty() || is(tool, "name", forced))) {
        return PromptText.tool(tool, "input_schema");
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> schema(JsonNode body) {
    JsonNode format =
        body.path("output_config").has("format")
            ? body.path("output_config").path("format")
            : body.path("output_format");
    return is(format, "type", "json_schema")
        ? Optional.of(format.path("schema"))
        : Optional.empty();
  }

  @Override
  public JsonNode document(Reply reply) {
    JsonNode block =
        reply
            .toolCall()
            .<JsonNode>map(tool -> toolUse(tool, tool.arguments()))
            .orElseGet(() -> Json.object("type", "text", "text", reply.text()));
    return message(Json.array(block), stopReason(reply), usage(reply, reply.outputTokens()));
  }

  @Override
  public List<Frame> frames(Reply reply) {
    List<Frame> frames = new ArrayList<>();
    ObjectNode start = message(Json.array(), null, usage(reply, 1));
    frames.add(frame("message_start", "message", start));
    frames.addAll(
        reply.toolCall().map(this::toolFrames).orElseGet(() -> textFrames(reply.words())));
    frames.add(frame("content_block_stop", "index", 0));
    frames.add(
        frame(
            "message_delta",
            "delta",
            Json.object("stop_reason", stopReason(reply), "stop_sequence", null),
            "usage",
            Json.object("output_tokens", reply.outputTokens())));
    frames.add(frame("message_stop"));
    return frames;
  }

  private static List<Frame> textFrames(List<String> words) {
    List<Frame> frames = new ArrayList<>();
    frames.add(blockStart(Json.object("type", "text", "text", "")));
    frames.add(frame("ping"));
    words.forEach(word -> frames.add(delta(Json.object("type", "text_delta", "text", word))));
    return frames;
  }

  private List<Frame> toolFrames(Reply.ToolCall tool) {
    List<Frame> frames = new ArrayList<>();
    frames.add(blockStart(toolUse(tool, Json.object())));
    frames.add(frame("ping"));
    tool.parts()
        .forEach(
            part ->
                frames.add(delta(Json.object("type", "input_json_delta", "partial_json", part))));
    return frames;
  }

  private ObjectNode message(ArrayNode content, @Nullable String stopReason, ObjectNode usage) {
    return Json.object(
        "id",
        call.id("msg_"),
        "type",
        "message",
        "role",
        "assistant",
        "model",
        call.model(),
        "content",
        content,
        "stop_reason",
        stopReason,
        "stop_sequence",
        null,
        "usage",
        usage);
  }

  private ObjectNode toolUse(Reply.ToolCall tool, JsonNode input) {
    return Json.object(
        "type", "tool_use", "id", call.id("toolu_"), "name", tool.name(), "input", input);
  }

  private static String stopReason(Reply reply) {
    if (reply.toolCall().isPresent()) {
      return "tool_use";
    }
    return reply.cut() ? "max_tokens" : "end_turn";
  }

  private static ObjectNode usage(Reply reply, long outputTokens) {
    return Json.object(
        "input_tokens",
        reply.inputTokens(),
        "cache_creation_input_tokens",
        0,
        "cache_read_input_tokens",
        0,
        "output_tokens",
        outputTokens,
        "service_tier",
        "standard");
  }

  private static Frame blockStart(ObjectNode block) {
    return frame("content_block_start", "index", 0, "content_block", block);
  }

  private static Frame delta(ObjectNode delta) {
    return frame("content_block_delta", "index", 0, "delta", delta).asSpoken();
  }

  private static Frame frame(String type, Object... members) {
    return Frame.typed(Json.object("type", type).setAll(Json.object(members)));
  }
}
