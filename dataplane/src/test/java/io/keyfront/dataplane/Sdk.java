package io.keyfront.dataplane;

import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.errors.ApiException;
import com.google.genai.types.GenerateContentConfig;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.util.Objects;
import java.util.Optional;

/** The official SDKs as they come, each of which asks the same question in its own way. */
enum Sdk {
  ANTHROPIC {
    @Override
    String ask(SdkTest test, String token, String prompt) {
      return SdkAnswers.text(
          test.anthropic("/anthropic", token)
              .messages()
              .create(
                  MessageCreateParams.builder()
                      .model("claude-opus-4-5")
                      .maxTokens(MOST)
                      .addUserMessage(prompt)
                      .build()));
    }
  },
  OPENAI_CHAT {
    @Override
    String ask(SdkTest test, String token, String prompt) {
      return SdkAnswers.text(
          test.openAi("/openai/v1", token)
              .chat()
              .completions()
              .create(
                  ChatCompletionCreateParams.builder()
                      .model("gpt-4o-mini")
                      .maxCompletionTokens(MOST)
                      .addUserMessage(prompt)
                      .build()));
    }
  },
  OPENAI_RESPONSES {
    @Override
    String ask(SdkTest test, String token, String prompt) {
      return SdkAnswers.text(
          test.openAi("/openai/v1", token)
              .responses()
              .create(
                  ResponseCreateParams.builder()
                      .model("gpt-4o-mini")
                      .maxOutputTokens(MOST)
                      .input(prompt)
                      .build()));
    }
  },
  GEMINI {
    @Override
    String ask(SdkTest test, String token, String prompt) {
      return Objects.requireNonNull(
          test.gemini("/gemini", token, SdkClients.GEMINI_ATTEMPTS)
              .models
              .generateContent(
                  "gemini-2.5-flash",
                  prompt,
                  GenerateContentConfig.builder().maxOutputTokens((int) MOST).build())
              .text());
    }
  };

  /** Tokens of output that a question asks for at most: no clamp makes it smaller. */
  static final long MOST = 256;

  /** Asks, with a client that tries again as it does when nothing is said, and reads the answer. */
  abstract String ask(SdkTest test, String token, String prompt);

  /**
   * What a program is told of an answer that is none.
   *
   * @param code empty where the SDK keeps it to itself
   */
  record Refusal(int status, String message, Optional<String> code) {
    static Refusal of(Throwable raised) {
      return switch (raised) {
        case AnthropicServiceException e ->
            new Refusal(e.statusCode(), String.valueOf(e.getMessage()), Optional.of(code(e)));
        case OpenAIServiceException e ->
            new Refusal(e.statusCode(), String.valueOf(e.getMessage()), e.code());
        case ApiException e -> new Refusal(e.code(), e.message(), Optional.empty());
        default -> throw new AssertionError("No SDK's refusal.", raised);
      };
    }

    private static String code(AnthropicServiceException error) {
      return Objects.requireNonNull(error.body().convert(JsonNode.class))
          .at("/error/code")
          .asText();
    }
  }
}
