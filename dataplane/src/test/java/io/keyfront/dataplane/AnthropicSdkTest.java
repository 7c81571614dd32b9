package io.keyfront.dataplane;

import static io.keyfront.dataplane.SdkAnswers.streamed;
import static io.keyfront.dataplane.SdkAnswers.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelInfo;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's own Java SDK as the agent. */
class AnthropicSdkTest extends SdkTest {
  private static final String MODEL = "claude-opus-4-5";

  private AnthropicClient client;

  @BeforeEach
  void connect() {
    client = anthropic("/anthropic");
  }

  @Test
  void messageArrivesWholeAndItsUsageIsRecorded() {
    Message message = client.messages().create(asking("len=5 cache=100/20/30").build());

    assertThat(text(message)).isEqualTo("word1 word2 word3 word4 word5");
    assertThat(message.stopReason()).hasValue(StopReason.END_TURN);
    assertThat(provider.lastRequest().header("x-api-key")).hasValue(KEY);
    assertRecorded(message);
  }

  @Test
  void streamedMessageAddsUpToTheWholeOne() {
    Message message = streamed(client, asking("len=40 reason=7 cache=100").build());

    assertThat(text(message)).startsWith("word1 word2").endsWith(" word39 word40");
    assertThat(message.content().getFirst().thinking()).isPresent();
    assertThat(message.stopReason()).hasValue(StopReason.END_TURN);
    assertRecorded(message);
  }

  @Test
  void messageThatReachesItsLimitSaysSo() {
    Message message = streamed(client, asking("len=40").maxTokens(3).build());

    assertThat(text(message)).isEqualTo("word1 word2 word3");
    assertThat(message.stopReason()).hasValue(StopReason.MAX_TOKENS);
    assertRecorded(message);
  }

  @ParameterizedTest(name = "streamed: {0}")
  @ValueSource(booleans = {false, true})
  void toolIsCalledAndItsResultAnswered(boolean stream) {
    MessageCreateParams question =
        asking("use-tool for me").addTool(SdkTools.anthropicWeather()).build();

    Message call = send(question, stream);
    ToolUseBlock use = call.content().getFirst().asToolUse();
    assertRecorded(call);
    Message answer = send(SdkTools.withResult(question, call), stream);

    assertThat(call.stopReason()).hasValue(StopReason.TOOL_USE);
    assertThat(use.name()).isEqualTo("weather");
    assertThat(use._input()).isEqualTo(JsonValue.from(Map.of("city", "fake")));
    assertThat(text(answer)).isEqualTo("Echo: use-tool for me");
    assertThat(provider.lastRequest().bodyText()).contains(use.id(), "21 degrees");
    assertRecorded(answer);
  }

  @Test
  void tokensAreCounted() {
    long tokens =
        client
            .messages()
            .countTokens(
                MessageCountTokensParams.builder()
                    .model(MODEL)
                    .addUserMessage("x".repeat(400))
                    .build())
            .inputTokens();

    assertThat(tokens).isBetween(100L, 102L);
    assertThat(proxy.nextRecord().operation()).hasValue("count_tokens");
  }

  @Test
  void modelsAreListed() {
    List<ModelInfo> models = client.models().list().data();

    assertThat(models).extracting(ModelInfo::id).contains(MODEL, "claude-haiku-4-5");
    assertThat(proxy.nextRecord().operation()).hasValue("list_models");
  }

  @Test
  void oneModelIsDescribed() {
    ModelInfo model = client.models().retrieve(MODEL);

    assertThat(model.displayName()).isEqualTo("Fake " + MODEL);
    assertThat(proxy.nextRecord().model()).hasValue(MODEL);
  }

  private static MessageCreateParams.Builder asking(String prompt) {
    return MessageCreateParams.builder().model(MODEL).maxTokens(1024).addUserMessage(prompt);
  }

  private Message send(MessageCreateParams question, boolean stream) {
    return stream ? streamed(client, question) : client.messages().create(question);
  }

  /** The newest call is settled for what the SDK was told that it used. */
  private void assertRecorded(Message message) {
    CallRecord record = proxy.nextRecord();
    Usage usage = record.usage().orElseThrow();
    assertThat(record.settlement()).hasValue("known");
    assertThat(usage.input()).isEqualTo(message.usage().inputTokens());
    assertThat(usage.output()).isEqualTo(message.usage().outputTokens()).isPositive();
    assertThat(usage.cacheRead()).isEqualTo(message.usage().cacheReadInputTokens().orElseThrow());
    assertThat(usage.cacheWrite5m() + usage.cacheWrite1h())
        .isEqualTo(message.usage().cacheCreationInputTokens().orElseThrow());
  }
}
