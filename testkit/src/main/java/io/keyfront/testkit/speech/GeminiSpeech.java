package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gemini's generateContent family; shapes as in its API reference. */
final class GeminiSpeech {
  private GeminiSpeech() {}

  static Answer generate(Ask ask) {
    Reply reply = Reply.to(read(ask.body()));
    Tokens spent = reply.usage();
    Tokens usage =
        new Tokens(spent.input(), spent.cacheRead(), 0, 0, spent.output(), spent.reasoning());
    if (!ask.stream()) {
      ObjectNode part =
          reply.toolCall().map(GeminiSpeech::call).orElseGet(() -> text(reply.text()));
      return Answer.json(usage, chunk(ask, part, finishReason(reply), usage(usage)));
    }
    Framing framing = ask.sse() ? Framing.SSE_CRLF : Framing.JSON_ARRAY;
    return Answer.stream(framing, usage, chunks(ask, reply, usage));
  }

  static Answer countTokens(Ask ask) {
    JsonNode request = ask.body().path("generateContentRequest");
    long tokens = Reply.to(read(request.isObject() ? request : ask.body())).usage().input();
    ObjectNode detail = Json.object("modality", "TEXT", "tokenCount", tokens);
    return Answer.free(
        200, Json.object("totalTokens", tokens, "promptTokensDetails", Json.array(detail)));
  }

  private static Conversation read(JsonNode body) {
    JsonNode contents = body.path("contents");
    JsonNode last = contents.path(contents.size() - 1);
    JsonNode user =
        Conversations.lastOf(
            contents,
            content ->
                !content.path("role").asText().equals("model")
                    && !Conversation.textOf(content.path("parts")).isEmpty());
    JsonNode tool = body.path("tools").path(0).path("functionDeclarations").path(0);
    String schema = tool.has("parametersJsonSchema") ? "parametersJsonSchema" : "parameters";
    return new Conversation(
        Conversation.textLength(contents) + Conversation.textLength(body.path("systemInstruction")),
        Conversation.textOf(user.path("parts")),
        Conversations.any(last.path("parts"), part -> part.has("functionResponse")),
        Conversations.tool(tool, schema),
        Conversation.firstInt(body.path("generationConfig"), "maxOutputTokens"));
  }

  private static String finishReason(Reply reply) {
    return reply.cutShort() ? "MAX_TOKENS" : "STOP";
  }

  private static ObjectNode text(String text) {
    return Json.object("text", text);
  }

  private static ObjectNode call(Reply.ToolCall call) {
    return Json.object("functionCall", Json.object("name", call.name(), "args", call.arguments()));
  }

  private static ObjectNode chunk(
      Ask ask, ObjectNode part, @Nullable String finishReason, ObjectNode usage) {
    ObjectNode candidate =
        Json.object("content", Json.object("parts", Json.array(part), "role", "model"));
    if (finishReason != null) {
      candidate.put("finishReason", finishReason);
    }
    candidate.put("index", 0);
    return Json.object(
        "candidates", Json.array(candidate),
        "usageMetadata", usage,
        "modelVersion", ask.model(),
        "responseId", ask.id("fake"));
  }

  private static ObjectNode usage(Tokens tokens) {
    ObjectNode usage =
        Json.object(
            "promptTokenCount",
            tokens.totalInput(),
            "candidatesTokenCount",
            tokens.output() - tokens.reasoning(),
            "totalTokenCount",
            tokens.totalInput() + tokens.output());
    if (tokens.cacheRead() > 0) {
      usage.put("cachedContentTokenCount", tokens.cacheRead());
    }
    if (tokens.reasoning() > 0) {
      usage.put("thoughtsTokenCount", tokens.reasoning());
    }
    return usage;
  }

  /** A chunk per word; a function call comes whole, as Gemini streams no arguments. */
  private static List<Event> chunks(Ask ask, Reply reply, Tokens total) {
    List<Event> events = new ArrayList<>();
    Tokens soFar = total.begun();
    for (String word : reply.words()) {
      soFar = soFar.plus(Tokens.ofOutput(1));
      events.add(Event.of(chunk(ask, text(word), null, usage(soFar)), 1));
    }
    ObjectNode last = reply.toolCall().map(GeminiSpeech::call).orElseGet(() -> text(""));
    long rest = total.output() - soFar.output();
    events.add(Event.of(chunk(ask, last, finishReason(reply), usage(total)), rest));
    return events;
  }
}
