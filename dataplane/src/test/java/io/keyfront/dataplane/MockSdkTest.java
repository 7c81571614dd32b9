package io.keyfront.dataplane;

import static io.keyfront.dataplane.SdkAnswers.streamed;
import static io.keyfront.dataplane.SdkAnswers.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.models.ModelInfo;
import com.google.genai.Client;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official SDKs against the mock, which no provider key stands behind. */
class MockSdkTest extends SdkTest {
  private static final String HELLO =
      "Hello from the Keyfront mock. You said: \"hi\". No provider key was used.";
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

  private AnthropicClient anthropic;
  private OpenAIClient openAi;
  private Client gemini;

  /** No credential at all: whatever is named, the mock answers. */
  @Override
  Snapshots configuration() {
    return new Snapshots().token(ProxyUnderTest.TOKEN, "*").alias("*", "mock", "");
  }

  @BeforeEach
  void connect() {
    anthropic = anthropic("/anthropic");
    openAi = openAi("/openai/v1");
    gemini = gemini("/gemini");
  }

  @ParameterizedTest
  @CsvSource({"mock, ''", "mock, /mock", "mock, /anthropic", "claude-opus-4-5, /anthropic"})
  void mockSpeaksAnthropicWherever(String model, String base) {
    MessageCreateParams question =
        MessageCreateParams.builder().model(model).maxTokens(1024).addUserMessage("hi").build();
    anthropic = anthropic(base);

    Message whole = anthropic.messages().create(question);
    assertRecorded(whole.usage().inputTokens(), whole.usage().outputTokens());
    Message streamed = streamed(anthropic, question);

    assertThat(text(whole)).isEqualTo(HELLO);
    assertThat(text(streamed)).isEqualTo(HELLO);
    assertRecorded(streamed.usage().inputTokens(), streamed.usage().outputTokens());
  }

  @Test
  void mockIsThereWithoutAnyAlias() {
    proxy.use(new Snapshots().token(ProxyUnderTest.TOKEN, "mock:*").build());
    openAi = openAi("/v1");

    ChatCompletion completion = openAi.chat().completions().create(chat("mock"));

    assertThat(text(completion)).isEqualTo(HELLO);
    assertThat(proxy.nextRecord().provider()).hasValue("mock");
  }

  @ParameterizedTest
  @CsvSource({"mock", "gpt-5", "some-model-that-nobody-has"})
  void mockSpeaksChatCompletionsUnderAnyName(String model) {
    ChatCompletion whole = openAi.chat().completions().create(chat(model));
    assertRecorded(
        whole.usage().orElseThrow().promptTokens(), whole.usage().orElseThrow().completionTokens());
    ChatCompletion streamed = streamed(openAi, withUsage(chat(model)));

    assertThat(text(whole)).isEqualTo(HELLO);
    assertThat(whole.model()).isEqualTo(model);
    assertThat(text(streamed)).isEqualTo(HELLO);
    assertThat(streamed.usage()).isEqualTo(whole.usage());
    assertRecorded(
        streamed.usage().orElseThrow().promptTokens(),
        streamed.usage().orElseThrow().completionTokens());
  }

  @ParameterizedTest
  @CsvSource({"mock", "gpt-5"})
  void mockSpeaksResponsesUnderAnyName(String model) {
    ResponseCreateParams question = ResponseCreateParams.builder().model(model).input("hi").build();

    Response whole = openAi.responses().create(question);
    assertRecorded(
        whole.usage().orElseThrow().inputTokens(), whole.usage().orElseThrow().outputTokens());
    Response streamed = streamed(openAi, question);

    assertThat(text(whole)).isEqualTo(HELLO);
    assertThat(text(streamed)).isEqualTo(HELLO);
    assertThat(streamed.status()).hasValue(ResponseStatus.COMPLETED);
    assertThat(streamed.usage()).isEqualTo(whole.usage());
    assertRecorded(
        streamed.usage().orElseThrow().inputTokens(),
        streamed.usage().orElseThrow().outputTokens());
  }

  @ParameterizedTest
  @CsvSource({"mock", "gemini-3-flash"})
  void mockSpeaksGeminiUnderAnyName(String model) {
    GenerateContentResponse whole = gemini.models.generateContent(model, "hi", PLAIN);
    assertRecorded(whole);
    List<GenerateContentResponse> chunks = streamed(gemini, model, "hi", PLAIN);

    assertThat(whole.text()).isEqualTo(HELLO);
    assertThat(text(chunks)).isEqualTo(HELLO);
    assertRecorded(chunks.getLast());
  }

  @Test
  void mockEmbedsTheSameTextTheSameWay() {
    CreateEmbeddingResponse embedded =
        openAi
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .inputOfArrayOfStrings(List.of("one", "two", "one"))
                    .dimensions(16)
                    .build());

    List<Float> first = embedded.data().getFirst().embedding();
    assertThat(first).hasSize(16).isEqualTo(embedded.data().getLast().embedding());
    assertThat(first).isNotEqualTo(embedded.data().get(1).embedding());
    assertThat(first.stream().mapToDouble(number -> number * number).sum()).isBetween(0.99, 1.01);
    assertRecorded(embedded.usage().promptTokens(), 0);
  }

  @Test
  void mockCountsTokensAsItChargesThem() {
    long anthropicTokens =
        anthropic
            .messages()
            .countTokens(
                MessageCountTokensParams.builder()
                    .model("mock")
                    .addUserMessage("x".repeat(400))
                    .build())
            .inputTokens();
    int geminiTokens =
        gemini.models.countTokens("mock", "x".repeat(400), null).totalTokens().orElseThrow();

    assertThat(anthropicTokens).isEqualTo(100);
    assertThat(geminiTokens).isEqualTo(100);
  }

  @Test
  void mockListsItsModelsOnOnePageForEachSdk() {
    openAi = openAi("/mock/v1");
    anthropic = anthropic("/mock");
    gemini = gemini("/mock");

    List<String> anthropicIds =
        anthropic.models().list().autoPager().stream().limit(1_000).map(ModelInfo::id).toList();
    List<String> openAiIds =
        openAi.models().list().autoPager().stream().map(model -> model.id()).toList();

    assertThat(anthropicIds).contains("mock", "mock-tools").doesNotHaveDuplicates();
    assertThat(openAiIds).isEqualTo(anthropicIds);
    assertThat(gemini.models.list(null))
        .extracting(model -> model.name().orElseThrow())
        .containsExactlyElementsOf(anthropicIds.stream().map(id -> "models/" + id).toList());
  }

  private static ChatCompletionCreateParams chat(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("hi").build();
  }

  private static ChatCompletionCreateParams withUsage(ChatCompletionCreateParams question) {
    return question.toBuilder()
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  private void assertRecorded(GenerateContentResponse last) {
    assertRecorded(
        last.usageMetadata().orElseThrow().promptTokenCount().orElseThrow(),
        last.usageMetadata().orElseThrow().candidatesTokenCount().orElseThrow());
  }

  /** The newest call is settled for what the SDK was told, and no provider heard of it. */
  private void assertRecorded(long input, long output) {
    CallRecord record = proxy.nextRecord();
    Usage usage = record.usage().orElseThrow();
    assertThat(record.provider()).hasValue("mock");
    assertThat(record.settlement()).hasValue("known");
    assertThat(usage.totalInput()).isEqualTo(input).isPositive();
    assertThat(usage.output()).isEqualTo(output);
    assertThat(provider.requests()).isEmpty();
  }
}
