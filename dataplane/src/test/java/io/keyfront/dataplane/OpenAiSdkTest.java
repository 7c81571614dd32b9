package io.keyfront.dataplane;

import static io.keyfront.dataplane.SdkAnswers.streamed;
import static io.keyfront.dataplane.SdkAnswers.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own Java SDK as the agent: Chat Completions, Embeddings and models. */
class OpenAiSdkTest extends SdkTest {
  private static final String MODEL = "gpt-5";
  private OpenAIClient client;

  @BeforeEach
  void connect() {
    client = openAi("/openai/v1");
  }

  @Test
  void completionArrivesWholeAndItsUsageIsRecorded() {
    ChatCompletion completion =
        client.chat().completions().create(chat("len=4 cache=100 reason=7").build());

    assertThat(text(completion)).isEqualTo("word1 word2 word3 word4");
    assertThat(completion.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(provider.lastRequest().header("authorization")).hasValue("Bearer " + KEY);
    assertRecorded(completion.usage().orElseThrow());
  }

  @Test
  void streamedCompletionHasItsUsageWhenItIsAskedFor() {
    ChatCompletionCreateParams question =
        chat("len=40 cache=100 reason=7")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    ChatCompletion completion = streamed(client, question);

    assertThat(text(completion)).startsWith("word1 word2").endsWith(" word39 word40");
    assertRecorded(completion.usage().orElseThrow());
  }

  @Test
  void streamedCompletionHasNoUsageThatNobodyAskedForYetItIsRecorded() {
    List<ChatCompletionChunk> chunks = new ArrayList<>();

    try (StreamResponse<ChatCompletionChunk> events =
        client.chat().completions().createStreaming(chat("len=9").build())) {
      events.stream().forEach(chunks::add);
    }

    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.choices()).hasSize(1));
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty());
    CallRecord record = proxy.nextRecord();
    assertThat(record.settlement()).hasValue("known");
    assertThat(record.usage().orElseThrow().output()).isEqualTo(9);
  }

  @ParameterizedTest(name = "streamed: {0}")
  @ValueSource(booleans = {false, true})
  void toolOfAChatIsCalledAndItsResultAnswered(boolean stream) {
    ChatCompletionCreateParams question =
        chat("use-tool for me").addFunctionTool(SdkTools.chatWeather()).build();

    ChatCompletion call = complete(question, stream);
    ChatCompletionMessageFunctionToolCall use =
        call.choices().getFirst().message().toolCalls().orElseThrow().getFirst().asFunction();
    ChatCompletion answer = complete(SdkTools.withResult(question, call), stream);

    assertThat(use.function().name()).isEqualTo("weather");
    assertThat(json(use.function().arguments())).isEqualTo(json("{\"city\":\"fake\"}"));
    assertThat(text(answer)).isEqualTo("Echo: use-tool for me");
    assertThat(provider.lastRequest().bodyText()).contains(use.id(), "21 degrees");
    assertThat(proxy.nextRecord().settlement()).hasValue("known");
    assertThat(proxy.nextRecord().settlement()).hasValue("known");
  }

  @Test
  void textsAreEmbeddedAndTheirTokensRecorded() {
    CreateEmbeddingResponse embedded =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .inputOfArrayOfStrings(List.of("one of them", "another one"))
                    .build());

    assertThat(embedded.data()).hasSize(2);
    assertThat(embedded.data().getFirst().embedding()).hasSize(8).startsWith(0.0625f, 0.125f);
    CallRecord record = proxy.nextRecord();
    assertThat(record.settlement()).hasValue("known");
    assertThat(record.usage().orElseThrow().totalInput())
        .isEqualTo(embedded.usage().promptTokens())
        .isPositive();
  }

  @Test
  void modelsAreListed() {
    List<Model> models = client.models().list().autoPager().stream().collect(Collectors.toList());

    assertThat(models).extracting(Model::id).contains(MODEL, "text-embedding-3-small");
    assertThat(proxy.nextRecord().operation()).hasValue("list_models");
  }

  @Test
  void oneModelIsDescribed() {
    assertThat(client.models().retrieve(MODEL).ownedBy()).isEqualTo("system");

    assertThat(proxy.nextRecord().model()).hasValue(MODEL);
  }

  private static ChatCompletionCreateParams.Builder chat(String prompt) {
    return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(prompt);
  }

  private ChatCompletion complete(ChatCompletionCreateParams question, boolean stream) {
    return stream ? streamed(client, question) : client.chat().completions().create(question);
  }

  /** The newest call is settled for what the SDK was told that it used. */
  private void assertRecorded(CompletionUsage told) {
    CallRecord record = proxy.nextRecord();
    Usage usage = record.usage().orElseThrow();
    assertThat(record.settlement()).hasValue("known");
    assertThat(usage.totalInput()).isEqualTo(told.promptTokens()).isPositive();
    assertThat(usage.output()).isEqualTo(told.completionTokens()).isPositive();
  }
}
