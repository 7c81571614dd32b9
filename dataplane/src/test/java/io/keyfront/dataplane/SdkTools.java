package io.keyfront.dataplane;

import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import java.util.List;
import java.util.Map;

/** One tool, {@code weather}, offered through each SDK, and the turn that answers its call. */
final class SdkTools {
  /** Schema of a tool's arguments: an object with the required text {@code city}. */
  private static final Map<String, Object> CITY =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("city", Map.of("type", "string")),
          "required",
          List.of("city"));

  private SdkTools() {}

  static Tool anthropicWeather() {
    return Tool.builder()
        .name("weather")
        .inputSchema(
            Tool.InputSchema.builder()
                .properties(
                    Tool.InputSchema.Properties.builder()
                        .putAdditionalProperty(
                            "city", com.anthropic.core.JsonValue.from(Map.of("type", "string")))
                        .build())
                .required(List.of("city"))
                .build())
        .build();
  }

  static FunctionDefinition chatWeather() {
    FunctionParameters.Builder schema = FunctionParameters.builder();
    CITY.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
    return FunctionDefinition.builder().name("weather").parameters(schema.build()).build();
  }

  static FunctionTool responsesWeather() {
    FunctionTool.Parameters.Builder schema = FunctionTool.Parameters.builder();
    CITY.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
    return FunctionTool.builder().name("weather").strict(false).parameters(schema.build()).build();
  }

  static GenerateContentConfig geminiWeather() {
    Schema city =
        Schema.builder()
            .type("OBJECT")
            .properties(Map.of("city", Schema.builder().type("STRING").build()))
            .required("city")
            .build();
    return GenerateContentConfig.builder()
        .tools(
            com.google.genai.types.Tool.builder()
                .functionDeclarations(
                    FunctionDeclaration.builder().name("weather").parameters(city).build())
                .build())
        .build();
  }

  static MessageCreateParams withResult(MessageCreateParams question, Message call) {
    String id = call.content().getFirst().asToolUse().id();
    ContentBlockParam result =
        ContentBlockParam.ofToolResult(
            ToolResultBlockParam.builder().toolUseId(id).content("21 degrees").build());
    return question.toBuilder()
        .addMessage(call)
        .addUserMessageOfBlockParams(List.of(result))
        .build();
  }

  static ChatCompletionCreateParams withResult(
      ChatCompletionCreateParams question, ChatCompletion call) {
    ChatCompletionMessage message = call.choices().getFirst().message();
    String id = message.toolCalls().orElseThrow().getFirst().asFunction().id();
    return question.toBuilder()
        .addMessage(message)
        .addMessage(
            ChatCompletionToolMessageParam.builder().toolCallId(id).content("21 degrees").build())
        .build();
  }

  static ResponseCreateParams withResult(
      String model, String prompt, ResponseFunctionToolCall use) {
    return ResponseCreateParams.builder()
        .model(model)
        .addTool(responsesWeather())
        .inputOfResponse(
            List.of(
                ResponseInputItem.ofEasyInputMessage(
                    EasyInputMessage.builder()
                        .role(EasyInputMessage.Role.USER)
                        .content(prompt)
                        .build()),
                ResponseInputItem.ofFunctionCall(use),
                ResponseInputItem.ofFunctionCallOutput(
                    ResponseInputItem.FunctionCallOutput.builder()
                        .callId(use.callId())
                        .output("21 degrees")
                        .build())))
        .build();
  }

  /** The conversation after a call of the function. */
  static List<Content> withResult(Content question, FunctionCall use) {
    return List.of(question, called(use), resultOf(use));
  }

  private static Content called(FunctionCall use) {
    return Content.builder()
        .role("model")
        .parts(Part.fromFunctionCall(use.name().orElseThrow(), use.args().orElseThrow()))
        .build();
  }

  private static Content resultOf(FunctionCall use) {
    Map<String, Object> result = Map.of("output", "21 degrees");
    return Content.fromParts(Part.fromFunctionResponse(use.name().orElseThrow(), result));
  }
}
