package io.keyfront.dataplane;

import static io.keyfront.dataplane.SdkAnswers.functionCall;
import static io.keyfront.dataplane.SdkAnswers.streamed;
import static io.keyfront.dataplane.SdkAnswers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the official SDKs make of the mock's special models. */
class MockBehaviourSdkTest extends SdkTest {
  private static final String ANSWER = "The tool returned: \"21 degrees\".";
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

  private AnthropicClient anthropic;
  private OpenAIClient openAi;
  private Client gemini;

  /** What an agent wants to know; the SDKs make a schema of it. */
  static final class Forecast {
    public String city = "";
    public int degrees;
    public List<String> advice = List.of();
  }

  @Override
  Snapshots configuration() {
    return new Snapshots().token(ProxyUnderTest.TOKEN, "mock:*");
  }

  @BeforeEach
  void connect() {
    anthropic = anthropic("/mock");
    openAi = openAi("/mock/v1");
    gemini = gemini("/mock");
  }

  @Test
  void toolIsCalledThroughAnthropicsStream() {
    MessageCreateParams question =
        messages("mock-tools").addTool(SdkTools.anthropicWeather()).build();

    Message call = streamed(anthropic, question);
    Message answer = streamed(anthropic, SdkTools.withResult(question, call));

    assertThat(call.content().getFirst().asToolUse().name()).isEqualTo("weather");
    assertThat(text(answer)).contains(ANSWER);
  }

  @Test
  void toolIsCalledThroughChatCompletionsStream() {
    ChatCompletionCreateParams question =
        chat("mock-tools").addFunctionTool(SdkTools.chatWeather()).build();

    ChatCompletion call = streamed(openAi, question);
    ChatCompletion answer = streamed(openAi, SdkTools.withResult(question, call));

    assertThat(call.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(text(answer)).contains(ANSWER);
  }

  @Test
  void toolIsCalledThroughResponsesStream() {
    ResponseCreateParams question =
        responses("mock-tools").addTool(SdkTools.responsesWeather()).build();

    ResponseFunctionToolCall use = streamed(openAi, question).output().getFirst().asFunctionCall();
    Response answer = streamed(openAi, SdkTools.withResult("mock-tools", "hi", use));

    assertThat(json(use.arguments()).path("city").isTextual()).isTrue();
    assertThat(text(answer)).contains(ANSWER);
  }

  @Test
  void functionIsCalledThroughGemini() {
    Content question = Content.fromParts(Part.fromText("hi"));

    FunctionCall use =
        functionCall(
            gemini.models.generateContent("mock-tools", question, SdkTools.geminiWeather()));
    GenerateContentResponse answer =
        gemini.models.generateContent(
            "mock-tools", SdkTools.withResult(question, use), SdkTools.geminiWeather());

    assertThat(use.name()).hasValue("weather");
    assertThat(answer.text()).contains("The tool returned", "21 degrees");
  }

  @Test
  void chatAnswerFitsTheClassThatWasAskedFor() {
    Forecast forecast =
        openAi
            .chat()
            .completions()
            .create(chat("mock").responseFormat(Forecast.class).build())
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();

    assertThat(forecast.city).isNotEmpty();
    assertThat(forecast.advice).isNotEmpty();
  }

  @Test
  void responseFitsTheClassThatWasAskedFor() {
    Forecast forecast =
        openAi
            .responses()
            .create(responses("mock").text(Forecast.class).build())
            .output()
            .getFirst()
            .asMessage()
            .content()
            .getFirst()
            .asOutputText();

    assertThat(forecast.city).isNotEmpty();
  }

  @Test
  void messageFitsTheClassThatWasAskedFor() {
    Forecast forecast =
        anthropic
            .messages()
            .create(messages("mock").outputConfig(Forecast.class).build())
            .content()
            .getFirst()
            .asText()
            .text();

    assertThat(forecast.city).isNotEmpty();
  }

  @Test
  void contentFitsTheSchemaThatWasAskedFor() {
    Schema forecast =
        Schema.builder()
            .type("OBJECT")
            .properties(Map.of("city", Schema.builder().type("STRING").build()))
            .required("city")
            .build();

    GenerateContentResponse response =
        gemini.models.generateContent(
            "mock",
            "hi",
            GenerateContentConfig.builder()
                .responseMimeType("application/json")
                .responseSchema(forecast)
                .build());

    assertThat(json(String.valueOf(response.text())).path("city").isTextual()).isTrue();
  }

  @Test
  void rateLimitIsRaisedWithItsRetryHintByAnthropicsSdk() {
    AnthropicClient impatient = anthropic.withOptions(o -> o.maxRetries(0));
    MessageCreateParams question = messages("mock-429").build();

    RateLimitException refusal =
        catchThrowableOfType(RateLimitException.class, () -> impatient.messages().create(question));

    assertThat(refusal.headers().values("retry-after")).containsExactly("1");
    assertThat(proxy.nextRecord().status()).isEqualTo(429);
  }

  @Test
  void rateLimitIsRaisedWithItsRetryHintByOpenAisSdk() {
    OpenAIClient impatient = openAi.withOptions(o -> o.maxRetries(0));
    ChatCompletionCreateParams question = chat("mock-429").build();

    com.openai.errors.RateLimitException refusal =
        catchThrowableOfType(
            com.openai.errors.RateLimitException.class,
            () -> impatient.chat().completions().create(question));

    assertThat(refusal.code()).hasValue("rate_limit_exceeded");
    assertThat(refusal.headers().values("retry-after")).containsExactly("1");
    assertThat(proxy.nextRecord().status()).isEqualTo(429);
  }

  @Test
  void rateLimitIsRaisedByGooglesSdk() {
    ClientException refusal =
        catchThrowableOfType(
            ClientException.class, () -> gemini.models.generateContent("mock-429", "hi", PLAIN));

    assertThat(refusal.status()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(proxy.nextRecord().status()).isEqualTo(429);
  }

  @Test
  void errorInTheStreamIsRaised() {
    MessageCreateParams question = messages("mock-error-in-stream").build();
    ChatCompletionCreateParams chat = chat("mock-error-in-stream").build();

    assertThatThrownBy(() -> streamed(anthropic, question)).isInstanceOf(SseException.class);
    assertThatThrownBy(() -> streamed(openAi, chat))
        .isInstanceOf(com.openai.errors.OpenAIException.class);
  }

  @Test
  void connectionThatBreaksInTheStreamIsRaised() {
    MessageCreateParams question = messages("mock-reset").build();

    assertThatThrownBy(() -> streamed(anthropic, question)).isInstanceOf(SseException.class);

    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  private static MessageCreateParams.Builder messages(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(1024).addUserMessage("hi");
  }

  private static ChatCompletionCreateParams.Builder chat(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("hi");
  }

  private static ResponseCreateParams.Builder responses(String model) {
    return ResponseCreateParams.builder().model(model).input("hi");
  }
}
