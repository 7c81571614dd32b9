package io.keyfront.dataplane;

import static io.keyfront.dataplane.SdkAnswers.functionCall;
import static io.keyfront.dataplane.SdkAnswers.streamed;
import static io.keyfront.dataplane.SdkAnswers.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own Java SDK as the agent. */
class GeminiSdkTest extends SdkTest {
  private static final String MODEL = "gemini-3-flash";
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

  private Client client;

  @BeforeEach
  void connect() {
    client = gemini("/gemini");
  }

  @Test
  void contentArrivesWholeAndItsUsageIsRecorded() {
    GenerateContentResponse response =
        client.models.generateContent(MODEL, "len=4 cache=100 reason=7", PLAIN);

    assertThat(response.text()).isEqualTo("word1 word2 word3 word4");
    assertThat(provider.lastRequest().header("x-goog-api-key")).hasValue(KEY);
    assertRecorded(response);
  }

  @Test
  void streamedContentAddsUpToTheWholeOne() {
    List<GenerateContentResponse> chunks = streamed(client, MODEL, "len=40 reason=7", PLAIN);

    assertThat(text(chunks)).startsWith("word1 word2").endsWith(" word39 word40");
    assertThat(provider.lastRequest().target()).endsWith(":streamGenerateContent?alt=sse");
    assertRecorded(chunks.getLast());
  }

  @Test
  void functionIsCalledAndItsResultAnswered() {
    Content question = Content.fromParts(Part.fromText("use-tool for me"));

    GenerateContentResponse call =
        client.models.generateContent(MODEL, question, SdkTools.geminiWeather());
    FunctionCall use = functionCall(call);
    assertRecorded(call);
    GenerateContentResponse answer =
        client.models.generateContent(
            MODEL, SdkTools.withResult(question, use), SdkTools.geminiWeather());

    assertThat(use.name()).hasValue("weather");
    assertThat(use.args()).hasValue(Map.of("city", "fake"));
    assertThat(answer.text()).isEqualTo("Echo: use-tool for me");
    assertThat(provider.lastRequest().bodyText()).contains("21 degrees");
    assertRecorded(answer);
  }

  @Test
  void functionIsCalledInAStream() {
    List<GenerateContentResponse> chunks =
        streamed(client, MODEL, "use-tool for me", SdkTools.geminiWeather());

    assertThat(functionCall(chunks.getLast()).args()).hasValue(Map.of("city", "fake"));
    assertRecorded(chunks.getLast());
  }

  @Test
  void tokensAreCounted() {
    int tokens =
        client.models.countTokens(MODEL, "x".repeat(400), null).totalTokens().orElseThrow();

    assertThat(tokens).isBetween(100, 102);
    assertThat(proxy.nextRecord().operation()).hasValue("count_tokens");
  }

  @Test
  void modelsAreListed() {
    List<Model> models = new ArrayList<>();

    client.models.list(null).forEach(models::add);

    assertThat(models).extracting(model -> model.name().orElseThrow()).contains("models/" + MODEL);
    assertThat(proxy.nextRecord().operation()).hasValue("list_models");
  }

  @Test
  void oneModelIsDescribed() {
    Model model = client.models.get(MODEL, null);

    assertThat(model.displayName()).hasValue("Fake " + MODEL);
    assertThat(proxy.nextRecord().model()).hasValue(MODEL);
  }

  /** The newest call is settled for what the SDK was told that it used. */
  private void assertRecorded(GenerateContentResponse last) {
    GenerateContentResponseUsageMetadata told = last.usageMetadata().orElseThrow();
    CallRecord record = proxy.nextRecord();
    Usage usage = record.usage().orElseThrow();
    assertThat(record.settlement()).hasValue("known");
    assertThat(usage.totalInput()).isEqualTo((long) told.promptTokenCount().orElseThrow());
    assertThat(usage.output())
        .isEqualTo(told.candidatesTokenCount().orElseThrow() + told.thoughtsTokenCount().orElse(0))
        .isPositive();
  }
}
