package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Anthropic Messages; shapes and event order as in its API reference, "Streaming Messages". */
final class AnthropicSpeech {
  private static final String SIGNATURE = "ZmFrZS1zaWduYXR1cmU=";

  private AnthropicSpeech() {}

  static Answer messages(Ask ask) {
    Reply reply = Reply.to(read(ask.body()));
    return ask.stream()
        ? Answer.stream(Framing.SSE, reply.usage(), events(ask, reply))
        : Answer.json(
            reply.usage(),
            message(ask, blocks(ask, reply), stopReason(reply), usage(reply.usage())));
  }

  static Answer countTokens(Ask ask) {
    return Answer.free(
        200, Json.object("input_tokens", Reply.to(read(ask.body())).usage().input()));
  }

  private static Conversation read(JsonNode body) {
    JsonNode messages = body.path("messages");
    JsonNode last = messages.path(messages.size() - 1);
    JsonNode user = Conversations.lastOf(messages, message -> hasRole(message, "user"));
    return new Conversation(
        Conversation.textLength(messages) + Conversation.textLength(body.path("system")),
        Conversation.textOf(user.path("content")),
        Conversations.any(last.path("content"), block -> hasType(block, "tool_result")),
        Conversations.tool(body.path("tools").path(0), "input_schema"),
        Conversation.firstInt(body, "max_tokens"));
  }

  private static boolean hasRole(JsonNode message, String role) {
    return message.path("role").asText().equals(role)
        && !Conversation.textOf(message.path("content")).isEmpty();
  }

  private static boolean hasType(JsonNode block, String type) {
    return block.path("type").asText().equals(type);
  }

  private static ObjectNode message(
      Ask ask, ArrayNode content, @Nullable String stopReason, ObjectNode usage) {
    return Json.object(
        "id",
        ask.id("msg_"),
        "type",
        "message",
        "role",
        "assistant",
        "model",
        ask.model(),
        "content",
        content,
        "stop_reason",
        stopReason,
        "stop_sequence",
        null,
        "usage",
        usage);
  }

  private static ObjectNode usage(Tokens tokens) {
    ObjectNode usage =
        Json.object(
            "input_tokens",
            tokens.input(),
            "cache_creation_input_tokens",
            tokens.cacheWrite5m() + tokens.cacheWrite1h(),
            "cache_read_input_tokens",
            tokens.cacheRead(),
            "cache_creation",
            Json.object(
                "ephemeral_5m_input_tokens",
                tokens.cacheWrite5m(),
                "ephemeral_1h_input_tokens",
                tokens.cacheWrite1h()));
    return usage.setAll(Json.object("output_tokens", tokens.output(), "service_tier", "standard"));
  }

  private static String stopReason(Reply reply) {
    if (reply.toolCall().isPresent()) {
      return "tool_use";
    }
    return reply.cutShort() ? "max_tokens" : "end_turn";
  }

  private static ArrayNode blocks(Ask ask, Reply reply) {
    ArrayNode blocks = Json.array();
    if (reply.usage().reasoning() > 0) {
      blocks.add(
          Json.object("type", "thinking", "thinking", "Let me think.", "signature", SIGNATURE));
    }
    Optional<Reply.ToolCall> call = reply.toolCall();
    return blocks.add(
        call.isPresent()
            ? toolBlock(ask, call.get(), call.get().arguments())
            : Json.object("type", "text", "text", reply.text()));
  }

  private static ObjectNode toolBlock(Ask ask, Reply.ToolCall call, JsonNode input) {
    return Json.object(
        "type", "tool_use", "id", ask.id("toolu_"), "name", call.name(), "input", input);
  }

  private static List<Event> events(Ask ask, Reply reply) {
    List<Event> events = new ArrayList<>();
    Tokens first = reply.usage().begun();
    ObjectNode start = message(ask, Json.array(), null, usage(first.plus(Tokens.ofOutput(1))));
    add(events, Json.object("type", "message_start", "message", start));
    int index = 0;
    if (reply.usage().reasoning() > 0) {
      thinking(events, index++);
    }
    if (reply.toolCall().isPresent()) {
      tool(events, index, ask, reply.toolCall().get());
    } else {
      text(events, index, reply);
    }
    ObjectNode delta = Json.object("stop_reason", stopReason(reply), "stop_sequence", null);
    ObjectNode usage = Json.object("output_tokens", reply.usage().output());
    add(events, Json.object("type", "message_delta", "delta", delta, "usage", usage));
    add(events, Json.object("type", "message_stop"));
    return events;
  }

  private static void thinking(List<Event> events, int index) {
    start(events, index, Json.object("type", "thinking", "thinking", "", "signature", ""));
    delta(events, index, 0, Json.object("type", "thinking_delta", "thinking", "Let me think."));
    delta(events, index, 0, Json.object("type", "signature_delta", "signature", SIGNATURE));
    stop(events, index);
  }

  private static void tool(List<Event> events, int index, Ask ask, Reply.ToolCall call) {
    start(events, index, toolBlock(ask, call, Json.object()));
    delta(events, index, 0, Json.object("type", "input_json_delta", "partial_json", ""));
    for (String piece : call.pieces()) {
      delta(events, index, 1, Json.object("type", "input_json_delta", "partial_json", piece));
    }
    stop(events, index);
  }

  private static void text(List<Event> events, int index, Reply reply) {
    start(events, index, Json.object("type", "text", "text", ""));
    add(events, Json.object("type", "ping"));
    for (String word : reply.words()) {
      delta(events, index, 1, Json.object("type", "text_delta", "text", word));
    }
    stop(events, index);
  }

  private static void start(List<Event> events, int index, ObjectNode block) {
    add(events, Json.object("type", "content_block_start", "index", index, "content_block", block));
  }

  private static void delta(List<Event> events, int index, long tokens, ObjectNode delta) {
    ObjectNode data = Json.object("type", "content_block_delta", "index", index, "delta", delta);
    events.add(Event.typed(data, tokens));
  }

  private static void stop(List<Event> events, int index) {
    add(events, Json.object("type", "content_block_stop", "index", index));
  }

  private static void add(List<Event> events, ObjectNode data) {
    events.add(Event.typed(data, 0));
  }
}
