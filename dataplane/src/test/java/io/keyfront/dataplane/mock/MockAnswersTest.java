package io.keyfront.dataplane.mock;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.testkit.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MockAnswersTest {
  @Test
  void aliasedModelNameIsEchoedAndAnsweredPlainly() {
    var answer = Bodies.whole(ANTHROPIC_MESSAGES, "claude-opus-4-5", hello(ANTHROPIC_MESSAGES));

    assertThat(Bodies.json(answer).path("model").asText()).isEqualTo("claude-opus-4-5");
    assertThat(answer.breaksOff()).isFalse();
    assertThat(Bodies.delay(answer)).isZero();
  }

  @Test
  void harnessNotesAreNotWhatTheUserSaid() {
    String body =
        "{'system':[{'type':'text','text':'You are an agent.'}],'messages':[{'role':'user',"
            + "'content':[{'type':'text','text':'<system-reminder>x</system-reminder>'},"
            + "{'type':'text','text':'fix the bug'},"
            + "{'type':'text','text':'<system-reminder>y</system-reminder>'}]}]}";

    var answer = Bodies.whole(ANTHROPIC_MESSAGES, "mock", body);

    assertThat(Bodies.json(answer).at("/content/0/text").asText())
        .isEqualTo(
            "Hello from the Keyfront mock. You said: \"fix the bug\"."
                + " No provider key was used.");
  }

  @Test
  void codexTurnIsReadFromItsItemList() {
    String body =
        "{'instructions':'You are Codex.','input':["
            + "{'type':'message','role':'developer','content':[{'type':'input_text','text':'rules'}]},"
            + "{'type':'message','role':'user','content':[{'type':'input_text','text':'<environment_context>'}]},"
            + "{'type':'message','role':'user','content':[{'type':'input_text','text':'list files'}]}]}";

    var answer = Bodies.whole(OPENAI_RESPONSES, "gpt-5", body);

    assertThat(Bodies.json(answer).at("/output/0/content/0/text").asText())
        .contains("You said: \"list files\".");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "ANTHROPIC_MESSAGES, /content/0/text, `{'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':[{'type':'text','text':'42 files'}]}]}]}`",
        "OPENAI_CHAT, /choices/0/message/content, `{'messages':[{'role':'user','content':'go'},{'role':'tool','tool_call_id':'t','content':'42 files'}]}`",
        "OPENAI_RESPONSES, /output/0/content/0/text, `{'input':[{'type':'function_call_output','call_id':'t','output':'42 files'}]}`",
        "GEMINI, /candidates/0/content/parts/0/text, `{'contents':[{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'output':'42 files'}}}]}]}`",
      })
  void toolResultIsAnsweredWithText(Protocol protocol, String pointer, String body) {
    String withTools = body.substring(0, body.length() - 1) + "," + Bodies.tools(protocol) + "}";

    var answer = Bodies.whole(protocol, "mock-tools", withTools);

    assertThat(Bodies.json(answer).at(pointer).asText())
        .startsWith("Hello from the Keyfront mock. The tool returned: ")
        .contains("42 files");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "ANTHROPIC_MESSAGES, /content/0/type, tool_use, `'tool_choice':{'type':'any'}`",
        "ANTHROPIC_MESSAGES, /content/0/name, read_file, `'tool_choice':{'type':'tool','name':'read_file'}`",
        "ANTHROPIC_MESSAGES, /content/0/type, text, `'tool_choice':{'type':'auto'}`",
        "OPENAI_CHAT, /choices/0/finish_reason, tool_calls, `'tool_choice':'required'`",
        "OPENAI_CHAT, /choices/0/finish_reason, tool_calls, `'tool_choice':{'type':'function','function':{'name':'read_file'}}`",
        "OPENAI_CHAT, /choices/0/finish_reason, stop, `'tool_choice':'auto'`",
        "OPENAI_RESPONSES, /output/0/type, function_call, `'tool_choice':'required'`",
        "OPENAI_RESPONSES, /output/0/type, message, `'tool_choice':'none'`",
        "GEMINI, /candidates/0/content/parts/0/functionCall/name, read_file, `'toolConfig':{'functionCallingConfig':{'mode':'ANY'}}`",
        "GEMINI, /candidates/0/content/parts/0/functionCall/name, '', `'toolConfig':{'functionCallingConfig':{'mode':'AUTO'}}`",
      })
  void plainMockCallsAToolOnlyWhenForced(
      Protocol protocol, String pointer, String expected, String choice) {
    String body = Bodies.asking(protocol, "go", "," + Bodies.tools(protocol) + "," + choice);

    JsonNode answer = Bodies.json(Bodies.whole(protocol, "mock", body));

    assertThat(answer.at(pointer).asText("")).isEqualTo(expected.replace("'", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "mock-429, 429, true",
    "mock-529, 529, true",
    "mock-401, 401, false",
    "mock-500, 500, true"
  })
  void statusInTheNameIsTheStatus(String model, int status, boolean retry) {
    var answer = Bodies.stream(OPENAI_CHAT, model, hello(OPENAI_CHAT));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("x-should-retry", Boolean.toString(retry));
    assertThat(answer.headers().containsKey("retry-after"))
        .isEqualTo(status != 401 && status != 500);
    assertThat(Bodies.json(answer).at("/error/message").asText()).contains("" + status);
  }

  @Test
  void statusThatIsNoErrorIsAPlainName() {
    assertThat(Bodies.whole(OPENAI_CHAT, "mock-200", hello(OPENAI_CHAT)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_EMBEDDINGS")
  void slowMockWaitsBeforeEachWordOfAStream(Protocol protocol) {
    var fast = Bodies.stream(protocol, "mock", hello(protocol));

    var slow = Bodies.stream(protocol, "mock-slow", hello(protocol));

    assertThat(slow.pieces()).hasSameSizeAs(fast.pieces());
    assertThat(slow.pieces()).extracting(MockAnswer.Piece::delayMillis).containsOnly(0, 250);
    assertThat(Bodies.delay(slow)).isEqualTo(250L * 14);
  }

  @Test
  void slowMockWaitsAsLongBeforeADocument() {
    assertThat(Bodies.delay(Bodies.whole(GEMINI, "mock-slow", hello(GEMINI)))).isEqualTo(250L * 14);
  }

  @Test
  void delayIsWaitedOnceAndBounded() {
    assertThat(Bodies.delay(Bodies.stream(GEMINI, "mock-delay-70", hello(GEMINI)))).isEqualTo(70);
    assertThat(Bodies.delay(Bodies.whole(GEMINI, "mock-delay-999999999", hello(GEMINI))))
        .isEqualTo(Behaviour.MAX_DELAY_MILLIS);
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_EMBEDDINGS")
  void resetBreaksOffBeforeTheEnd(Protocol protocol) {
    var stream = Bodies.stream(protocol, "mock-reset", hello(protocol));
    var document = Bodies.whole(protocol, "mock-reset", hello(protocol));

    String whole = Bodies.text(Bodies.stream(protocol, "mock", hello(protocol)));
    assertThat(stream.breaksOff()).isTrue();
    assertThat(stream.pieces()).isNotEmpty();
    assertThat(Bodies.text(stream)).hasSizeLessThan(whole.length());
    assertThat(document.breaksOff()).isTrue();
    assertThat(document.headers().get("content-length"))
        .isNotEqualTo("" + Bodies.text(document).length());
  }

  @Test
  void outputLimitShortensTextAndUsage() {
    var answer =
        Bodies.json(
            Bodies.whole(OPENAI_CHAT, "mock", Bodies.asking(OPENAI_CHAT, "hi", ",'max_tokens':2")));

    assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Hello fr");
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void countedTokensAreThoseThatTheAnswerReports() {
    String body = Bodies.asking(ANTHROPIC_MESSAGES, "count me in please", ",'system':'be brief'");

    var count =
        Bodies.json(Bodies.answer(ANTHROPIC_MESSAGES, Operation.COUNT_TOKENS, "mock", false, body));
    var answer = Bodies.json(Bodies.whole(ANTHROPIC_MESSAGES, "mock", body));

    assertThat(count.path("input_tokens").asInt()).isEqualTo(26 / 4);
    assertThat(answer.at("/usage/input_tokens")).isEqualTo(count.path("input_tokens"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "OPENAI_CHAT, /choices/0/message/content, `'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':SCHEMA}}`",
        "OPENAI_RESPONSES, /output/0/content/0/text, `'text':{'format':{'type':'json_schema','name':'n','schema':SCHEMA}}`",
        "GEMINI, /candidates/0/content/parts/0/text, `'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':SCHEMA}`",
        "ANTHROPIC_MESSAGES, /content/0/text, `'output_config':{'format':{'type':'json_schema','schema':SCHEMA}}`",
      })
  void structuredAnswerFitsTheSchema(Protocol protocol, String pointer, String format) {
    String schema =
        "{'type':'object','required':['next','why'],'properties':"
            + "{'why':{'type':'string'},'next':{'type':'string','enum':['user','model']}}}";
    String body = Bodies.asking(protocol, "go", "," + format.replace("SCHEMA", schema));

    String text = Bodies.json(Bodies.whole(protocol, "mock", body)).at(pointer).asText();

    JsonNode answer = Json.read(text.getBytes(UTF_8));
    assertThat(answer.path("next").asText()).isEqualTo("user");
    assertThat(answer.path("why").isTextual()).isTrue();
  }

  @Test
  void jsonObjectModeAnswersAJsonObject() {
    String body = Bodies.asking(OPENAI_CHAT, "go", ",'response_format':{'type':'json_object'}");

    String text =
        Bodies.json(Bodies.whole(OPENAI_CHAT, "mock", body))
            .at("/choices/0/message/content")
            .asText();

    assertThat(text).startsWith("{\"message\":\"Hello from").endsWith("}");
  }

  @Test
  void otherConversationGetsOtherIds() {
    var first = Bodies.whole(OPENAI_CHAT, "mock", Bodies.asking(OPENAI_CHAT, "one", ""));
    var second = Bodies.whole(OPENAI_CHAT, "mock", Bodies.asking(OPENAI_CHAT, "two", ""));

    assertThat(Bodies.json(first).path("id")).isNotEqualTo(Bodies.json(second).path("id"));
  }

  @Test
  void embeddingsOfTheSameTextAreTheSameAndOfAnotherAreNot() {
    var answer = Bodies.whole(OPENAI_EMBEDDINGS, "mock", "{'input':['a','b','a'],'dimensions':3}");

    JsonNode data = Bodies.json(answer).path("data");
    assertThat(data).hasSize(3);
    assertThat(data.at("/0/embedding")).isEqualTo(data.at("/2/embedding")).hasSize(3);
    assertThat(data.at("/0/embedding")).isNotEqualTo(data.at("/1/embedding"));
  }

  @Test
  void tokenListIsOneEmbeddingInput() {
    JsonNode answer = Bodies.json(Bodies.whole(OPENAI_EMBEDDINGS, "mock", "{'input':[5,6,7]}"));

    assertThat(answer.path("data")).hasSize(1);
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"2049, 1", "300, 4096"})
  void tooManyEmbeddingsAreRefused(int inputs, int dimensions) {
    String list = "'x',".repeat(inputs - 1) + "'x'";
    String body = "{'input':[" + list + "],'dimensions':" + dimensions + "}";

    assertThat(Bodies.whole(OPENAI_EMBEDDINGS, "mock", body).status()).isEqualTo(400);
  }

  @Test
  void anthropicStreamHasTheWholeEventSequence() {
    var events = Bodies.events(Bodies.stream(ANTHROPIC_MESSAGES, "mock", "{}"));

    assertThat(events.stream().map(SseEvent::name).distinct())
        .containsExactly(
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
  }

  private static String hello(Protocol protocol) {
    return Bodies.asking(protocol, "hello there", "");
  }
}
