package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OpenAI Chat Completions; shapes as in its API reference, "The chat completion chunk object". */
final class ChatSpeech {
  private static final long CREATED = 1_760_000_000L;
  private static final int MAX_CHOICES = 128;

  private ChatSpeech() {}

  static Answer completions(Ask ask) {
    Reply reply = Reply.to(read(ask.body()));
    int choices = Math.clamp(ask.body().path("n").asInt(1), 1, MAX_CHOICES);
    Tokens usage = times(reply.usage(), choices);
    return ask.stream()
        ? Answer.stream(Framing.SSE, usage, chunks(ask, reply, choices, usage))
        : Answer.json(usage, completion(ask, reply, choices, usage));
  }

  private static Tokens times(Tokens one, int choices) {
    return new Tokens(
        one.input(),
        one.cacheRead(),
        one.cacheWrite5m(),
        0,
        one.output() * choices,
        one.reasoning() * choices);
  }

  private static Conversation read(JsonNode body) {
    JsonNode messages = body.path("messages");
    JsonNode last = messages.path(messages.size() - 1);
    JsonNode user =
        Conversations.lastOf(messages, message -> message.path("role").asText().equals("user"));
    return new Conversation(
        Conversation.textLength(messages),
        Conversation.textOf(user.path("content")),
        last.path("role").asText().equals("tool"),
        Conversations.tool(body.path("tools").path(0).path("function"), "parameters"),
        Conversation.firstInt(body, "max_completion_tokens", "max_tokens"));
  }

  private static ObjectNode completion(Ask ask, Reply reply, int choices, Tokens usage) {
    ArrayNode list = Json.array();
    for (int i = 0; i < choices; i++) {
      list.add(
          Json.object(
              "index",
              i,
              "message",
              message(ask, reply),
              "logprobs",
              null,
              "finish_reason",
              finishReason(reply)));
    }
    return Json.object(
        "id",
        ask.id("chatcmpl-"),
        "object",
        "chat.completion",
        "created",
        CREATED,
        "model",
        ask.model(),
        "choices",
        list,
        "usage",
        usage(usage),
        "service_tier",
        "default",
        "system_fingerprint",
        "fp_fake000001");
  }

  private static ObjectNode message(Ask ask, Reply reply) {
    Optional<Reply.ToolCall> call = reply.toolCall();
    ObjectNode message =
        Json.object("role", "assistant", "content", call.isPresent() ? null : reply.text());
    call.ifPresent(
        c -> message.set("tool_calls", Json.array(toolCall(ask, c, Json.text(c.arguments())))));
    return message.setAll(Json.object("refusal", null, "annotations", Json.array()));
  }

  private static ObjectNode toolCall(Ask ask, Reply.ToolCall call, String arguments) {
    return Json.object(
        "id", ask.id("call_"),
        "type", "function",
        "function", Json.object("name", call.name(), "arguments", arguments));
  }

  private static String finishReason(Reply reply) {
    if (reply.toolCall().isPresent()) {
      return "tool_calls";
    }
    return reply.cutShort() ? "length" : "stop";
  }

  private static ObjectNode usage(Tokens tokens) {
    ObjectNode output =
        Json.object(
            "reasoning_tokens", tokens.reasoning(),
            "audio_tokens", 0,
            "accepted_prediction_tokens", 0,
            "rejected_prediction_tokens", 0);
    return Json.object(
        "prompt_tokens", tokens.totalInput(),
        "completion_tokens", tokens.output(),
        "total_tokens", tokens.totalInput() + tokens.output(),
        "prompt_tokens_details", promptDetails(tokens),
        "completion_tokens_details", output);
  }

  /** Cache writes are part of the prompt, and named only by the models that bill them. */
  private static ObjectNode promptDetails(Tokens tokens) {
    ObjectNode details = Json.object("cached_tokens", tokens.cacheRead(), "audio_tokens", 0);
    if (tokens.cacheWrite5m() > 0) {
      details.put("cache_write_tokens", tokens.cacheWrite5m());
    }
    return details;
  }

  private static List<Event> chunks(Ask ask, Reply reply, int choices, Tokens usage) {
    boolean usageAsked = ask.body().path("stream_options").path("include_usage").asBoolean(false);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < choices; i++) {
      Chunks chunks = new Chunks(ask, i, usageAsked);
      reply.toolCall().ifPresentOrElse(call -> chunks.tool(call), () -> chunks.text(reply));
      chunks.delta(Json.object(), finishReason(reply), 0);
      events.addAll(chunks.events);
    }
    if (usageAsked) {
      ObjectNode last = chunk(ask, Json.array());
      last.set("usage", usage(usage));
      events.add(Event.of(last, 0));
    }
    events.add(new Event("", "[DONE]", 0));
    return events;
  }

  private static ObjectNode chunk(Ask ask, ArrayNode choices) {
    return Json.object(
        "id",
        ask.id("chatcmpl-"),
        "object",
        "chat.completion.chunk",
        "created",
        CREATED,
        "model",
        ask.model(),
        "service_tier",
        "default",
        "system_fingerprint",
        "fp_fake000001",
        "choices",
        choices);
  }

  /** The chunks of one choice. */
  private record Chunks(Ask ask, int choice, boolean usageAsked, List<Event> events) {
    Chunks(Ask ask, int choice, boolean usageAsked) {
      this(ask, choice, usageAsked, new ArrayList<>());
    }

    void text(Reply reply) {
      delta(Json.object("role", "assistant", "content", "", "refusal", null), null, 0);
      reply.words().forEach(word -> delta(Json.object("content", word), null, 1));
    }

    void tool(Reply.ToolCall call) {
      ObjectNode first = Json.object("index", 0).setAll(toolCall(ask, call, ""));
      delta(
          Json.object("role", "assistant", "content", null, "tool_calls", Json.array(first)),
          null,
          0);
      for (String piece : call.pieces()) {
        ObjectNode part = Json.object("index", 0, "function", Json.object("arguments", piece));
        delta(Json.object("tool_calls", Json.array(part)), null, 1);
      }
    }

    void delta(ObjectNode delta, @Nullable String finishReason, long tokens) {
      ObjectNode one =
          Json.object(
              "index", choice, "delta", delta, "logprobs", null, "finish_reason", finishReason);
      ObjectNode chunk = chunk(ask, Json.array(one));
      if (usageAsked) {
        chunk.putNull("usage");
      }
      events.add(Event.of(chunk, tokens));
    }
  }
}
