package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.testkit.speech.Dialect;
import io.keyfront.testkit.speech.Json;
import io.keyfront.testkit.speech.Question;
import io.keyfront.testkit.speech.Said;
import io.keyfront.testkit.speech.Speech;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/messages,                  x-api-key,      sk-fake",
    "/v1/messages,                  authorization,  Bearer sk-fake",
    "/v1/chat/completions,          authorization,  Bearer sk-fake",
    "/v1/responses,                 api-key,        sk-fake",
    "/v1beta/models/m:countTokens,  x-goog-api-key, sk-fake",
  })
  void keyIsReadWhereTheDialectPutsIt(String path, String header, String value) {
    Said said = answer(path, "", Map.of(header, value), "sk-fake");

    assertThat(said.answer().status()).isEqualTo(200);
    assertThat(said.key()).isEqualTo("sk-fake");
  }

  @Test
  void geminiTakesTheKeyFromTheQueryToo() {
    Said said = answer("/v1beta/models", "alt=sse&key=sk-fake", Map.of(), "sk-fake");

    assertThat(said.answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages,                  401, /error/type,   authentication_error",
    "/v1/chat/completions,          401, /error/type,   invalid_request_error",
    "/v1beta/models/m:countTokens,  403, /error/status, PERMISSION_DENIED",
  })
  void missingKeyIsRefused(String path, int status, String pointer, String expected) {
    Said said = answer(path, "", Map.of(), "sk-fake");

    assertThat(said.answer().status()).isEqualTo(status);
    assertThat(body(said).at(pointer).asText()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages,                  401, /error/message,          invalid x-api-key",
    "/v1/chat/completions,          401, /error/code,             invalid_api_key",
    "/v1beta/models/m:countTokens,  400, /error/details/0/reason, API_KEY_INVALID",
  })
  void wrongKeyIsRefusedAsTheProviderDoes(
      String path, int status, String pointer, String expected) {
    Map<String, String> headers =
        Map.of("authorization", "Bearer sk-wrong", "x-goog-api-key", "sk-wrong");

    Said said = answer(path, "", headers, "sk-fake");

    assertThat(said.answer().status()).isEqualTo(status);
    assertThat(body(said).at(pointer).asText()).isEqualTo(expected);
    assertThat(said.isBilled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "x-goog-api-key, GEMINI",
    "x-api-key,      ANTHROPIC",
    "authorization,  OPENAI_CHAT",
  })
  void modelListAnswersInTheShapeThatTheCredentialImplies(String header, Dialect dialect) {
    assertThat(answer("/v1/models", "", Map.of(header, "Bearer k"), "Bearer k", "k").dialect())
        .isEqualTo(dialect);
  }

  private static Said answer(
      String path, String query, Map<String, String> headers, String... accepted) {
    Question question = new Question("POST", path, query, headers, Json.object("model", "m"));
    return Speech.answer(question, 1, Set.of(accepted));
  }

  private static JsonNode body(Said said) {
    return Json.parse(said.answer().events().getFirst().data());
  }
}
