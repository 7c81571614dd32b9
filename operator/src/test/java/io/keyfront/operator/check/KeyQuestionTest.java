package io.keyfront.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.provider.Protocol;
import io.keyfront.core.secret.SecretText;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyQuestionTest {

  @ParameterizedTest
  @CsvSource({
    "anthropic, https://api.anthropic.com, /v1/models, x-api-key, ''",
    "openai, https://api.openai.com, /v1/models, authorization, 'Bearer '",
    "gemini, https://generativelanguage.googleapis.com, /v1beta/models, x-goog-api-key, ''",
    "groq, https://api.groq.com, /openai/v1/models, authorization, 'Bearer '",
    "openrouter, https://openrouter.ai, /api/v1/key, authorization, 'Bearer '"
  })
  void everyProviderIsAskedInItsOwnWay(
      String provider, String endpoint, String path, String header, String scheme) {
    KeyQuestion question = KeyQuestion.of(Upstreams.of(provider)).orElseThrow();

    assertThat(question.endpoint()).hasToString(endpoint);
    assertThat(question.path()).isEqualTo(path);
    assertThat(question.headers()).containsEntry(header, SecretText.of(scheme + Upstreams.KEY));
  }

  @Test
  void anthropicIsToldTheVersionThatItRequires() {
    assertThat(KeyQuestion.of(Upstreams.of("anthropic")).orElseThrow().headers())
        .containsEntry("anthropic-version", SecretText.of("2023-06-01"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://llm.example/base, /base/v1/models",
    "https://llm.example/base/v1, /base/v1/models",
    "https://llm.example/, /v1/models"
  })
  void basePathOfAnEndpointStandsBeforeTheProtocols(String endpoint, String path) {
    assertThat(KeyQuestion.of(Upstreams.at("openai", endpoint)).orElseThrow().path())
        .isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC_MESSAGES, x-api-key",
    "OPENAI_CHAT, authorization",
    "OPENAI_RESPONSES, authorization",
    "OPENAI_EMBEDDINGS, authorization",
    "GEMINI, x-goog-api-key"
  })
  void providerOfOnesOwnIsAskedAsItsProtocolSays(Protocol protocol, String header) {
    KeyQuestion question =
        KeyQuestion.of(Upstreams.custom("https://llm.example", protocol)).orElseThrow();

    assertThat(question.headers()).containsKey(header);
  }

  @Test
  void mockIsAskedNothing() {
    assertThat(KeyQuestion.of(Upstreams.of("mock"))).isEmpty();
  }

  @Test
  void keyIsNotInTheTextOfAQuestion() {
    assertThat(KeyQuestion.of(Upstreams.of("openai")).orElseThrow().toString())
        .doesNotContain(Upstreams.KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', true, false",
    "204, '', true, false",
    "401, '', false, true",
    "403, '', false, true",
    "400, '{\"reason\": \"API_KEY_INVALID\"}', false, true",
    "400, '{\"reason\": \"something else\"}', false, false",
    "302, '', false, false",
    "404, '', false, false",
    "429, '', false, false",
    "503, '', false, false"
  })
  void onlyAClearAnswerIsAnAnswer(int status, String body, boolean taken, boolean refused) {
    KeyAnswer answer = KeyQuestion.of(Upstreams.of("gemini")).orElseThrow().meaning(status, body);

    assertThat(answer instanceof KeyAnswer.Taken).isEqualTo(taken);
    assertThat(answer instanceof KeyAnswer.Refused).isEqualTo(refused);
  }

  @Test
  void endpointAlsoOfAnotherPortIsKept() {
    assertThat(
            KeyQuestion.of(Upstreams.at("openai", "https://llm.example:8443"))
                .map(question -> Map.of(question.endpoint().getPort(), question.path())))
        .contains(Map.of(8443, "/v1/models"));
  }
}
