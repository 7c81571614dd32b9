package io.keyfront.dataplane;

import static io.keyfront.dataplane.SdkAnswers.streamed;
import static io.keyfront.dataplane.SdkAnswers.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseUsage;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own Java SDK as the agent: Responses. */
class OpenAiResponsesSdkTest extends SdkTest {
  private static final String MODEL = "gpt-5";
  private OpenAIClient client;

  @BeforeEach
  void connect() {
    client = openAi("/openai/v1");
  }

  @Test
  void responseArrivesWholeAndItsUsageIsRecorded() {
    Response response = client.responses().create(ask("len=4 cache=100 reason=7").build());

    assertThat(text(response)).isEqualTo("word1 word2 word3 word4");
    assertThat(response.status()).hasValue(ResponseStatus.COMPLETED);
    assertRecorded(response.usage().orElseThrow());
  }

  @Test
  void streamedResponseAddsUpToTheWholeOne() {
    Response response = streamed(client, ask("len=40 reason=7").build());

    assertThat(text(response)).startsWith("word1 word2").endsWith(" word39 word40");
    assertThat(response.status()).hasValue(ResponseStatus.COMPLETED);
    assertRecorded(response.usage().orElseThrow());
  }

  @Test
  void responseThatReachesItsLimitIsIncomplete() {
    Response response = streamed(client, ask("len=40").maxOutputTokens(3).build());

    assertThat(text(response)).isEqualTo("word1 word2 word3");
    assertThat(response.status()).hasValue(ResponseStatus.INCOMPLETE);
    assertRecorded(response.usage().orElseThrow());
  }

  @ParameterizedTest(name = "streamed: {0}")
  @ValueSource(booleans = {false, true})
  void toolOfAResponseIsCalledAndItsResultAnswered(boolean stream) {
    Response call =
        respond(ask("use-tool for me").addTool(SdkTools.responsesWeather()).build(), stream);
    assertRecorded(call.usage().orElseThrow());
    ResponseFunctionToolCall use = call.output().getFirst().asFunctionCall();
    Response answer = respond(SdkTools.withResult(MODEL, "use-tool for me", use), stream);

    assertThat(use.name()).isEqualTo("weather");
    assertThat(json(use.arguments())).isEqualTo(json("{\"city\":\"fake\"}"));
    assertThat(text(answer)).isEqualTo("Echo: use-tool for me");
    assertThat(provider.lastRequest().bodyText()).contains(use.callId(), "21 degrees");
    assertRecorded(answer.usage().orElseThrow());
  }

  private static ResponseCreateParams.Builder ask(String prompt) {
    return ResponseCreateParams.builder().model(MODEL).input(prompt);
  }

  private Response respond(ResponseCreateParams question, boolean stream) {
    return stream ? streamed(client, question) : client.responses().create(question);
  }

  /** The newest call is settled for what the SDK was told that it used. */
  private void assertRecorded(ResponseUsage told) {
    CallRecord record = proxy.nextRecord();
    Usage usage = record.usage().orElseThrow();
    assertThat(record.settlement()).hasValue("known");
    assertThat(usage.totalInput()).isEqualTo(told.inputTokens()).isPositive();
    assertThat(usage.output()).isEqualTo(told.outputTokens()).isPositive();
  }
}
