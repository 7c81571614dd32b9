package io.keyfront.dataplane.mock;

import static io.keyfront.dataplane.mock.PromptText.either;
import static io.keyfront.dataplane.mock.PromptText.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's generateContent, as its API reference describes it. Like the real one it reads names in
 * camel case and in snake case.
 */
record GeminiVoice(Call call) implements Voice {

  @Override
  public Prompt prompt() {
    JsonNode counted = call.body().path("generateContentRequest");
    JsonNode body = counted.isObject() ? counted : call.body();
    JsonNode contents = body.path("contents");
    JsonNode user =
        PromptText.last(
            contents,
            content ->
                !is(content, "role", "model") && !PromptText.said(content.path("parts")).isEmpty());
    JsonNode config = either(body, "generationConfig", "generation_config");
    return new Prompt(
        PromptText.length(either(body, "systemInstruction", "system_instruction"))
            + PromptText.length(contents),
        contents.isTextual() ? contents.textValue() : PromptText.said(user.path("parts")),
        toolResult(PromptText.last(contents)),
        tool(body),
        choice(body).path("mode").asText("").equals("ANY"),
        schema(config),
        PromptText.limit(config, "maxOutputTokens", "max_output_tokens"));
  }

  private static Optional<String> toolResult(JsonNode content) {
    JsonNode part =
        PromptText.last(
            content.path("parts"),
            one -> one.has("functionResponse") || one.has("function_response"));
    JsonNode response = either(part, "functionResponse", "function_response").path("response");
    return part.isMissingNode() ? Optional.empty() : Optional.of(PromptText.all(response));
  }

  private static JsonNode choice(JsonNode body) {
    JsonNode config = either(body, "toolConfig", "tool_config");
    return either(config, "functionCallingConfig", "function_calling_config");
  }

  private static Optional<Prompt.Tool> tool(JsonNode body) {
    JsonNode names = either(choice(body), "allowedFunctionNames", "allowed_function_names");
    String forced = names.path(0).asText("");
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode one : either(tool, "functionDeclarations", "function_declarations")) {
        if (forced.isEmpty() || is(one, "name", forced)) {
          return PromptText.tool(
              one, "parametersJsonSchema", "parameters_json_schema", "parameters");
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> schema(JsonNode config) {
    JsonNode type = either(config, "responseMimeType", "response_mime_type");
    JsonNode schema =
        either(
            config,
            "responseJsonSchema",
            "response_json_schema",
            "responseSchema",
            "response_schema");
    return type.asText("").equals("application/json") ? Optional.of(schema) : Optional.empty();
  }

  @Override
  public JsonNode document(Reply reply) {
    return chunk(whole(reply), finishReason(reply), reply.inputTokens(), reply.outputTokens());
  }

  /** A function call comes in one piece: Gemini streams no arguments. */
  @Override
  public List<Frame> frames(Reply reply) {
    List<Frame> frames = new ArrayList<>();
    int characters = 0;
    for (String word : reply.words()) {
      characters += word.length();
      long soFar = Reply.tokens(characters);
      frames.add(Frame.plain(chunk(text(word), null, reply.inputTokens(), soFar)).asSpoken());
    }
    ObjectNode last = reply.toolCall().isPresent() ? whole(reply) : text("");
    frames.add(
        Frame.plain(chunk(last, finishReason(reply), reply.inputTokens(), reply.outputTokens())));
    return frames;
  }

  private static ObjectNode whole(Reply reply) {
    return reply
        .toolCall()
        .map(
            tool ->
                Json.object(
                    "functionCall", Json.object("name", tool.name(), "args", tool.arguments())))
        .orElseGet(() -> text(reply.text()));
  }

  private static ObjectNode text(String text) {
    return Json.object("text", text);
  }

  private static String finishReason(Reply reply) {
    return reply.cut() ? "MAX_TOKENS" : "STOP";
  }

  private ObjectNode chunk(
      ObjectNode part, @Nullable String finishReason, long inputTokens, long outputTokens) {
    ObjectNode candidate =
        Json.object("content", Json.object("parts", Json.array(part), "role", "model"));
    if (finishReason != null) {
      candidate.put("finishReason", finishReason);
    }
    candidate.put("index", 0);
    ObjectNode usage =
        Json.object(
            "promptTokenCount", inputTokens,
            "candidatesTokenCount", outputTokens,
            "totalTokenCount", inputTokens + outputTokens);
    return Json.object(
        "candidates", Json.array(candidate),
        "usageMetadata", usage,
        "modelVersion", call.model(),
        "responseId", call.id(""));
  }
}
