package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The official SDKs take the fake for the real provider. */
class OfficialSdkTest {
  private static final String PROMPT = "len=3 reason=2 cache=5/4";

  private final FakeProvider provider = FakeProvider.start();
  private final AnthropicClient anthropic =
      AnthropicOkHttpClient.builder()
          .baseUrl(provider.uri().toString())
          .apiKey("sk-fake-1")
          .maxRetries(0)
          .responseValidation(true)
          .build();
  private final OpenAIClient openAi =
      OpenAIOkHttpClient.builder()
          .baseUrl(provider.uri() + "/v1")
          .apiKey("sk-fake-1")
          .maxRetries(0)
          .responseValidation(true)
          .build();

  @AfterEach
  void stop() {
    anthropic.close();
    openAi.close();
    provider.close();
  }

  @Test
  void anthropicMessageIsTheSameStreamedAndNot() {
    var asked =
        MessageCreateParams.builder()
            .model("claude-opus-4-5")
            .maxTokens(64)
            .addUserMessage(PROMPT)
            .build();

    Message whole = anthropic.messages().create(asked);
    MessageAccumulator streamed = MessageAccumulator.create();
    try (var stream = anthropic.messages().createStreaming(asked)) {
      stream.stream().forEach(streamed::accumulate);
    }

    assertThat(whole.content().getLast().asText().text()).isEqualTo("word1 word2 word3");
    assertThat(streamed.message().content()).hasToString(whole.content().toString());
    assertThat(streamed.message().usage().outputTokens()).isEqualTo(5);
    assertThat(whole.usage().cacheCreation().orElseThrow().ephemeral5mInputTokens()).isEqualTo(4);
  }

  @Test
  void anthropicCountsListsAndRefuses() {
    var count =
        MessageCountTokensParams.builder().model("claude-opus-4-5").addUserMessage("hi").build();
    assertThat(anthropic.messages().countTokens(count).inputTokens()).isPositive();
    assertThat(anthropic.models().list().data()).hasSize(3);
    assertThat(anthropic.models().retrieve("claude-opus-4-5").id()).isEqualTo("claude-opus-4-5");
    provider.acceptOnly("sk-fake-other");

    assertThatThrownBy(() -> anthropic.models().list()).isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void chatCompletionIsTheSameStreamedAndNot() {
    var asked =
        ChatCompletionCreateParams.builder()
            .model("gpt-5")
            .addUserMessage(PROMPT)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    var whole = openAi.chat().completions().create(asked);
    ChatCompletionAccumulator streamed = ChatCompletionAccumulator.create();
    try (var stream = openAi.chat().completions().createStreaming(asked)) {
      stream.stream().forEach(streamed::accumulate);
    }

    assertThat(whole.choices().getFirst().message().content()).contains("word1 word2 word3");
    assertThat(streamed.chatCompletion().choices().getFirst().message().content())
        .contains("word1 word2 word3");
    assertThat(streamed.chatCompletion().usage()).isEqualTo(whole.usage());
  }

  @Test
  void responseIsTheSameStreamedAndNot() {
    var asked = ResponseCreateParams.builder().model("gpt-5").input(PROMPT).build();

    var whole = openAi.responses().create(asked);
    ResponseAccumulator streamed = ResponseAccumulator.create();
    try (var stream = openAi.responses().createStreaming(asked)) {
      stream.stream().forEach(streamed::accumulate);
    }

    assertThat(streamed.response().usage()).isEqualTo(whole.usage());
    assertThat(streamed.response().output()).hasSameSizeAs(whole.output());
    assertThat(whole.usage().orElseThrow().inputTokensDetails().cacheWriteTokens()).isEqualTo(4);
  }

  @Test
  void openAiEmbedsListsAndRefuses() {
    var asked = EmbeddingCreateParams.builder().model("text-embedding-3-small").input("a").build();
    assertThat(openAi.embeddings().create(asked).data().getFirst().embedding()).hasSize(8);
    assertThat(openAi.models().list().data()).hasSize(3);

    assertThatThrownBy(() -> openAi.models().retrieve("no-such-model"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void geminiAnswersStreamedAndNot() {
    try (Client gemini =
        Client.builder()
            .apiKey("sk-fake-1")
            .httpOptions(HttpOptions.builder().baseUrl(provider.uri().toString()).build())
            .build()) {
      var whole = gemini.models.generateContent("gemini-3-pro", PROMPT, null);
      List<String> parts = new ArrayList<>();
      try (var stream = gemini.models.generateContentStream("gemini-3-pro", PROMPT, null)) {
        stream.forEach(part -> parts.add(part.text()));
      }
      var count = gemini.models.countTokens("gemini-3-pro", "hello there", null);

      assertThat(whole.text()).isEqualTo("word1 word2 word3");
      assertThat(String.join("", parts)).isEqualTo("word1 word2 word3");
      assertThat(whole.usageMetadata().orElseThrow().thoughtsTokenCount()).contains(2);
      assertThat(count.totalTokens()).contains(3);
    }
  }
}
