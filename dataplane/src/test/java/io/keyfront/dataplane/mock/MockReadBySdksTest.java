package io.keyfront.dataplane.mock;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageTokensCount;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.models.ModelInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.types.GenerateContentResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.models.Model;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.testkit.SseEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official SDKs' own models read the mock's answers, strictly. */
class MockReadBySdksTest {
  private static final ObjectMapper ANTHROPIC = com.anthropic.core.ObjectMappers.jsonMapper();
  private static final ObjectMapper OPENAI = com.openai.core.ObjectMappers.jsonMapper();

  @ParameterizedTest
  @ValueSource(strings = {"mock", "mock-tools"})
  void anthropicMessageIsValid(String model) throws Exception {
    var document = Bodies.whole(ANTHROPIC_MESSAGES, model, asking(ANTHROPIC_MESSAGES));
    var stream = Bodies.stream(ANTHROPIC_MESSAGES, model, asking(ANTHROPIC_MESSAGES));

    Message whole = ANTHROPIC.readValue(Bodies.text(document), Message.class).validate();
    MessageAccumulator streamed = MessageAccumulator.create();
    for (SseEvent event : Bodies.events(stream)) {
      if (!event.name().equals("ping")) {
        streamed.accumulate(
            ANTHROPIC.readValue(event.data(), RawMessageStreamEvent.class).validate());
      }
    }

    assertThat(streamed.message().content()).hasToString(whole.content().toString());
    assertThat(streamed.message().stopReason()).isEqualTo(whole.stopReason());
    assertThat(streamed.message().usage().outputTokens()).isEqualTo(whole.usage().outputTokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mock", "mock-tools"})
  void chatCompletionIsValid(String model) throws Exception {
    String usage = ",'stream_options':{'include_usage':true},";
    String body = Bodies.asking(OPENAI_CHAT, "hello there", usage + Bodies.CHAT_TOOLS);

    ChatCompletion whole =
        OPENAI
            .readValue(Bodies.text(Bodies.whole(OPENAI_CHAT, model, body)), ChatCompletion.class)
            .validate();
    ChatCompletionAccumulator streamed = ChatCompletionAccumulator.create();
    for (SseEvent event : Bodies.events(Bodies.stream(OPENAI_CHAT, model, body))) {
      if (!event.data().equals("[DONE]")) {
        streamed.accumulate(OPENAI.readValue(event.data(), ChatCompletionChunk.class).validate());
      }
    }

    var choice = streamed.chatCompletion().choices().getFirst();
    var expected = whole.choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(expected.finishReason());
    assertThat(choice.message().content()).isEqualTo(expected.message().content());
    assertThat(choice.message().toolCalls().orElse(List.of()))
        .isEqualTo(expected.message().toolCalls().orElse(List.of()));
    assertThat(streamed.chatCompletion().usage()).isEqualTo(whole.usage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mock", "mock-tools"})
  void responseIsValid(String model) throws Exception {
    String body = asking(OPENAI_RESPONSES);

    Response whole =
        OPENAI
            .readValue(Bodies.text(Bodies.whole(OPENAI_RESPONSES, model, body)), Response.class)
            .validate();
    ResponseAccumulator streamed = ResponseAccumulator.create();
    for (SseEvent event : Bodies.events(Bodies.stream(OPENAI_RESPONSES, model, body))) {
      streamed.accumulate(OPENAI.readValue(event.data(), ResponseStreamEvent.class).validate());
    }

    assertThat(streamed.response()).isEqualTo(whole);
  }

  @Test
  void failedResponseIsValid() throws Exception {
    var events =
        Bodies.events(
            Bodies.stream(OPENAI_RESPONSES, "mock-error-in-stream", asking(OPENAI_RESPONSES)));

    var last = OPENAI.readValue(events.getLast().data(), ResponseStreamEvent.class).validate();

    assertThat(last.asFailed().response().error()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mock", "mock-tools"})
  void geminiAnswerIsReadWhole(String model) {
    GenerateContentResponse whole =
        GenerateContentResponse.fromJson(Bodies.text(Bodies.whole(GEMINI, model, asking(GEMINI))));

    boolean calls = model.equals("mock-tools");
    assertThat(whole.functionCalls()).hasSize(calls ? 1 : 0);
    assertThat(whole.text() != null && whole.text().contains("hello there")).isEqualTo(!calls);
    assertThat(whole.usageMetadata().orElseThrow().totalTokenCount()).isPresent();
  }

  @Test
  void embeddingsAreValidInBothEncodings() throws Exception {
    String floats = Bodies.text(Bodies.whole(OPENAI_EMBEDDINGS, "mock", "{'input':'a'}"));
    String base64 =
        Bodies.text(
            Bodies.whole(OPENAI_EMBEDDINGS, "mock", "{'input':'a','encoding_format':'base64'}"));

    var one = OPENAI.readValue(floats, CreateEmbeddingResponse.class).validate();
    var other = OPENAI.readValue(base64, CreateEmbeddingResponse.class).validate();

    assertThat(one.data().getFirst().embedding())
        .isEqualTo(other.data().getFirst().embedding())
        .hasSize(8);
  }

  @Test
  void modelsAndCountsAreValid() throws Exception {
    var anthropic = Bodies.answer(ANTHROPIC_MESSAGES, Operation.GET_MODEL, "mock", false, "");
    var openAi = Bodies.answer(OPENAI_CHAT, Operation.GET_MODEL, "mock", false, "");
    var count =
        Bodies.answer(
            ANTHROPIC_MESSAGES, Operation.COUNT_TOKENS, "mock", false, asking(ANTHROPIC_MESSAGES));

    assertThat(ANTHROPIC.readValue(Bodies.text(anthropic), ModelInfo.class).validate().id())
        .isEqualTo("mock");
    assertThat(OPENAI.readValue(Bodies.text(openAi), Model.class).validate().id())
        .isEqualTo("mock");
    assertThat(
            ANTHROPIC
                .readValue(Bodies.text(count), MessageTokensCount.class)
                .validate()
                .inputTokens())
        .isEqualTo(2);
  }

  private static String asking(Protocol protocol) {
    return Bodies.asking(protocol, "hello there", "," + Bodies.tools(protocol));
  }
}
