package io.keyfront.dataplane.mock;

import static io.keyfront.dataplane.mock.PromptText.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI Chat Completions, as its API reference describes the completion and its chunks. There is
 * one choice whatever {@code n} says.
 */
record ChatVoice(Call call) implements Voice {

  @Override
  public Prompt prompt() {
    JsonNode body = call.body();
    JsonNode messages = body.path("messages");
    JsonNode last = PromptText.last(messages);
    JsonNode user = PromptText.last(messages, message -> is(message, "role", "user"));
    JsonNode choice = body.path("tool_choice");
    return new Prompt(
        PromptText.length(messages),
        PromptText.said(user.path("content")),
        is(last, "role", "tool")
            ? Optional.of(PromptText.all(last.path("content")))
            : Optional.empty(),
        tool(body),
        choice.isObject() || choice.asText("").equals("required"),
        schema(body.path("response_format")),
        PromptText.limit(body, "max_completion_tokens", "max_tokens"));
  }

  private static Optional<Prompt.Tool> tool(JsonNode body) {
    String forced = body.path("tool_choice").path("function").path("name").asText("");
    for (JsonNode tool : body.path("tools")) {
      JsonNode function = tool.path("function");
      if (function.isObject() && (forced.isEmpty() || is(function, "name", forced))) {
        return PromptText.tool(function, "parameters");
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> schema(JsonNode format) {
    return switch (format.path("type").asText("")) {
      case "json_schema" -> Optional.of(format.path("json_schema").path("schema"));
      case "json_object" -> Optional.of(Json.object());
      default -> Optional.empty();
    };
  }

  @Override
  public JsonNode document(Reply reply) {
    ObjectNode message = Json.object("role", "assistant");
    message.set("content", Json.node(reply.toolCall().isPresent() ? null : reply.text()));
    message.set("refusal", Json.node(null));
    reply
        .toolCall()
        .ifPresent(
            tool ->
                message.set("tool_calls", Json.array(toolCall(tool, tool.arguments().toString()))));
    ObjectNode choice =
        Json.object(
            "index", 0, "message", message, "logprobs", null, "finish_reason", finishReason(reply));
    return envelope("chat.completion", Json.array(choice)).set("usage", usage(reply));
  }

  @Override
  public List<Frame> frames(Reply reply) {
    List<Frame> frames = new ArrayList<>();
    frames.addAll(
        reply.toolCall().map(this::toolFrames).orElseGet(() -> textFrames(reply.words())));
    frames.add(chunk(Json.object(), finishReason(reply)));
    if (usageAsked()) {
      frames.add(
          Frame.plain(envelope("chat.completion.chunk", Json.array()).set("usage", usage(reply))));
    }
    frames.add(new Frame("", "[DONE]", false));
    return frames;
  }

  private boolean usageAsked() {
    return call.body().path("stream_options").path("include_usage").asBoolean(false);
  }

  private List<Frame> textFrames(List<String> words) {
    List<Frame> frames = new ArrayList<>();
    frames.add(chunk(Json.object("role", "assistant", "content", "", "refusal", null), null));
    words.forEach(word -> frames.add(chunk(Json.object("content", word), null).asSpoken()));
    return frames;
  }

  private List<Frame> toolFrames(Reply.ToolCall tool) {
    List<Frame> frames = new ArrayList<>();
    ObjectNode first = Json.object("index", 0).setAll(toolCall(tool, ""));
    frames.add(
        chunk(
            Json.object("role", "assistant", "content", null, "tool_calls", Json.array(first)),
            null));
    for (String part : tool.parts()) {
      ObjectNode more = Json.object("index", 0, "function", Json.object("arguments", part));
      frames.add(chunk(Json.object("tool_calls", Json.array(more)), null).asSpoken());
    }
    return frames;
  }

  private Frame chunk(ObjectNode delta, @Nullable String finishReason) {
    ObjectNode choice =
        Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finishReason);
    ObjectNode chunk = envelope("chat.completion.chunk", Json.array(choice));
    if (usageAsked()) {
      chunk.putNull("usage");
    }
    return Frame.plain(chunk);
  }

  private ObjectNode envelope(String object, ArrayNode choices) {
    return Json.object(
        "id",
        call.id("chatcmpl-"),
        "object",
        object,
        "created",
        Call.CREATED,
        "model",
        call.model(),
        "system_fingerprint",
        "fp_mock",
        "choices",
        choices);
  }

  private ObjectNode toolCall(Reply.ToolCall tool, String arguments) {
    return Json.object(
        "id", call.id("call_"),
        "type", "function",
        "function", Json.object("name", tool.name(), "arguments", arguments));
  }

  private static String finishReason(Reply reply) {
    if (reply.toolCall().isPresent()) {
      return "tool_calls";
    }
    return reply.cut() ? "length" : "stop";
  }

  private static ObjectNode usage(Reply reply) {
    return Json.object(
        "prompt_tokens", reply.inputTokens(),
        "completion_tokens", reply.outputTokens(),
        "total_tokens", reply.inputTokens() + reply.outputTokens(),
        "prompt_tokens_details", Json.object("cached_tokens", 0, "audio_tokens", 0),
        "completion_tokens_details", Json.object("reasoning_tokens", 0, "audio_tokens", 0));
  }
}
