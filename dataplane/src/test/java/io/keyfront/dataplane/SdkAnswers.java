package io.keyfront.dataplane;

import com.anthropic.client.AnthropicClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlock;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What agents make of an answer with their SDK: streams put together, and the text in them. */
final class SdkAnswers {
  private SdkAnswers() {}

  static Message streamed(AnthropicClient client, MessageCreateParams question) {
    MessageAccumulator whole = MessageAccumulator.create();
    try (com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(question)) {
      events.stream().forEach(whole::accumulate);
    }
    return whole.message();
  }

  static ChatCompletion streamed(OpenAIClient client, ChatCompletionCreateParams question) {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> events =
        client.chat().completions().createStreaming(question)) {
      events.stream().forEach(whole::accumulate);
    }
    return whole.chatCompletion();
  }

  static Response streamed(OpenAIClient client, ResponseCreateParams question) {
    ResponseAccumulator whole = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> events =
        client.responses().createStreaming(question)) {
      events.stream().forEach(whole::accumulate);
    }
    return whole.response();
  }

  static List<GenerateContentResponse> streamed(
      Client client, String model, String prompt, GenerateContentConfig config) {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(model, prompt, config)) {
      stream.forEach(chunks::add);
    }
    return chunks;
  }

  static String text(Message message) {
    return message.content().stream()
        .map(ContentBlock::text)
        .flatMap(block -> block.map(TextBlock::text).stream())
        .collect(Collectors.joining());
  }

  static String text(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .map(part -> part.asOutputText().text())
        .collect(Collectors.joining());
  }

  static String text(List<GenerateContentResponse> chunks) {
    return chunks.stream().map(GenerateContentResponse::text).collect(Collectors.joining());
  }

  /** The function that is called first. */
  static FunctionCall functionCall(GenerateContentResponse response) {
    return Objects.requireNonNull(response.functionCalls(), "No function is called.").getFirst();
  }
}
