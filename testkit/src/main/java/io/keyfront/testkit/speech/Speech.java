package io.keyfront.testkit.speech;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers any request the way the provider in question would. */
public final class Speech {
  /** A model that no provider knows. */
  public static final String NO_SUCH_MODEL = "no-such-model";

  private Speech() {}

  /**
   * @param number number of the call, 1 and up
   * @param accepted the keys that are let in; when empty, any key is
   */
  public static Said answer(Question question, long number, Set<String> accepted) {
    Call call = Call.of(question);
    String model = call.model().isEmpty() ? question.body().path("model").asText("") : call.model();
    Optional<String> key = question.key(call.dialect());
    Answer answer = checked(question, call, model, key, number, accepted);
    return new Said(
        call.dialect(), model, key.orElse(""), answer.withHeaders(headers(call.dialect(), number)));
  }

  private static Answer checked(
      Question question,
      Call call,
      String model,
      Optional<String> key,
      long number,
      Set<String> accepted) {
    if (call.verb() == Call.Verb.UNKNOWN) {
      return Errors.noRoute(call.dialect(), question.method(), question.path());
    }
    if (key.isEmpty()) {
      return Errors.noKey(call.dialect());
    }
    if (!accepted.isEmpty() && !accepted.contains(key.get())) {
      return Errors.wrongKey(call.dialect());
    }
    if (model.equals(NO_SUCH_MODEL)) {
      return Errors.noModel(call.dialect(), model);
    }
    boolean stream =
        call.verb() == Call.Verb.STREAM || question.body().path("stream").asBoolean(false);
    boolean sse = question.parameter("alt").filter("sse"::equals).isPresent();
    return said(call, new Ask(number, model, stream, sse, question.body()));
  }

  private static Answer said(Call call, Ask ask) {
    return switch (call.verb()) {
      case GENERATE, STREAM ->
          switch (call.dialect()) {
            case ANTHROPIC -> AnthropicSpeech.messages(ask);
            case OPENAI_CHAT -> ChatSpeech.completions(ask);
            case OPENAI_RESPONSES -> ResponsesSpeech.responses(ask);
            case OPENAI_EMBEDDINGS -> EmbeddingsSpeech.embeddings(ask);
            case GEMINI -> GeminiSpeech.generate(ask);
          };
      case COUNT_TOKENS ->
          call.dialect() == Dialect.GEMINI
              ? GeminiSpeech.countTokens(ask)
              : AnthropicSpeech.countTokens(ask);
      case LIST_MODELS -> ModelsSpeech.list(call.dialect());
      case GET_MODEL -> ModelsSpeech.get(call.dialect(), ask.model());
      case UNKNOWN -> throw new IllegalStateException("Unknown routes are answered before.");
    };
  }

  /** Headers like the real ones, and two that no list can know. */
  private static Map<String, List<String>> headers(Dialect dialect, long number) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    String id = "req_" + String.format("%024d", number);
    switch (dialect) {
      case ANTHROPIC -> anthropicHeaders(headers, id);
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> openAiHeaders(headers, id);
      case GEMINI -> geminiHeaders(headers);
    }
    headers.put("x-fake-unusual", List.of("kept; \"as it is\""));
    headers.put("x-fake-twice", List.of("one", "two"));
    return headers;
  }

  private static void anthropicHeaders(Map<String, List<String>> headers, String id) {
    headers.put("request-id", List.of(id));
    headers.put("anthropic-organization-id", List.of("00000000-fake-4000-8000-000000000000"));
    headers.put("anthropic-ratelimit-requests-limit", List.of("4000"));
    headers.put("anthropic-ratelimit-requests-remaining", List.of("3999"));
    headers.put("anthropic-ratelimit-requests-reset", List.of("2026-11-01T00:00:00Z"));
    headers.put("anthropic-ratelimit-input-tokens-remaining", List.of("1999000"));
    headers.put("set-cookie", List.of("__cf_bm=fake; path=/; HttpOnly; Secure"));
  }

  private static void openAiHeaders(Map<String, List<String>> headers, String id) {
    headers.put("x-request-id", List.of(id));
    headers.put("openai-organization", List.of("fake-org"));
    headers.put("openai-processing-ms", List.of("42"));
    headers.put("openai-version", List.of("2020-10-01"));
    headers.put("x-ratelimit-limit-requests", List.of("10000"));
    headers.put("x-ratelimit-remaining-tokens", List.of("1999000"));
    headers.put("x-ratelimit-reset-requests", List.of("6ms"));
    headers.put("set-cookie", List.of("__cf_bm=fake; path=/", "_cfuvid=fake; path=/"));
  }

  private static void geminiHeaders(Map<String, List<String>> headers) {
    headers.put("vary", List.of("Origin", "X-Origin", "Referer"));
    headers.put("server-timing", List.of("gfet4t7; dur=42"));
    headers.put("x-content-type-options", List.of("nosniff"));
    headers.put("x-xss-protection", List.of("0"));
  }
}
