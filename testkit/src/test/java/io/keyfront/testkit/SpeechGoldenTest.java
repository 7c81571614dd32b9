package io.keyfront.testkit;

import static io.keyfront.testkit.Questions.ANTHROPIC_TOOL;
import static io.keyfront.testkit.Questions.CHAT_TOOL;
import static io.keyfront.testkit.Questions.GEMINI_TOOL;
import static io.keyfront.testkit.Questions.RESPONSES_TOOL;
import static io.keyfront.testkit.Questions.contents;
import static io.keyfront.testkit.Questions.input;
import static io.keyfront.testkit.Questions.messages;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.testkit.speech.Answer;
import io.keyfront.testkit.speech.Speech;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpeechGoldenTest {
  private static final GoldenFolder GOLDEN = GoldenFolder.ofTestResources("speech");
  private static final String STREAM = ",'stream':true";
  private static final String WITH_USAGE = STREAM + ",'stream_options':{'include_usage':true}";

  static Stream<Arguments> questions() {
    return Stream.of(anthropic(), chat(), responses(), gemini(), others()).flatMap(s -> s);
  }

  private static Stream<Arguments> anthropic() {
    String path = "/v1/messages";
    return Stream.of(
        Arguments.of("anthropic", path, messages("hello", "")),
        Arguments.of("anthropic-sse", path, messages("len=2 reason=3 cache=7/5/2", STREAM)),
        Arguments.of("anthropic-tool", path, messages("use-tool", "," + ANTHROPIC_TOOL)),
        Arguments.of(
            "anthropic-tool-sse", path, messages("use-tool", STREAM + "," + ANTHROPIC_TOOL)),
        Arguments.of("anthropic-cut", path, messages("len=9", ",'max_tokens':2")),
        Arguments.of("anthropic-count", path + "/count_tokens", messages("hello", "")),
        Arguments.of("anthropic-404", path, unknown(messages("hello", ""))));
  }

  private static Stream<Arguments> chat() {
    String path = "/chat/completions";
    return Stream.of(
        Arguments.of("chat", "/openai/v1" + path, messages("hello reason=4 cache=3", "")),
        Arguments.of("chat-sse", "/api/v1" + path, messages("len=2", STREAM)),
        Arguments.of("chat-usage-sse", "/v1beta/openai" + path, messages("len=1", WITH_USAGE)),
        Arguments.of("chat-two-sse", "/v1" + path, messages("len=1", WITH_USAGE + ",'n':2")),
        Arguments.of("chat-tool", "/v1" + path, messages("use-tool", "," + CHAT_TOOL)),
        Arguments.of("chat-tool-sse", "/v1" + path, messages("use-tool", STREAM + "," + CHAT_TOOL)),
        Arguments.of("chat-404", "/v1" + path, unknown(messages("hello", ""))));
  }

  private static Stream<Arguments> responses() {
    String path = "/v1/responses";
    return Stream.of(
        Arguments.of("responses", path, input("hello", "")),
        Arguments.of("responses-sse", path, input("len=2 reason=2", STREAM)),
        Arguments.of("responses-cut-sse", path, input("len=3", STREAM + ",'max_output_tokens':1")),
        Arguments.of("responses-tool", path, input("use-tool", "," + RESPONSES_TOOL)),
        Arguments.of("responses-tool-sse", path, input("use-tool", STREAM + "," + RESPONSES_TOOL)));
  }

  private static Stream<Arguments> gemini() {
    String models = "/v1beta/models/";
    String model = models + "fake-gem";
    return Stream.of(
        Arguments.of("gemini", model + ":generateContent", contents("hello", "")),
        Arguments.of(
            "gemini-sse",
            model + ":streamGenerateContent?alt=sse",
            contents("len=2 reason=3 cache=4", "")),
        Arguments.of(
            "gemini-array", "/v1/models/fake-gem:streamGenerateContent", contents("len=2", "")),
        Arguments.of(
            "gemini-tool", model + ":generateContent", contents("use-tool", "," + GEMINI_TOOL)),
        Arguments.of(
            "gemini-tool-sse",
            model + ":streamGenerateContent?alt=sse",
            contents("use-tool", "," + GEMINI_TOOL)),
        Arguments.of("gemini-count", model + ":countTokens", contents("hello", "")),
        Arguments.of("gemini-404", models + "no-such-model:generateContent", contents("hello", "")),
        Arguments.of("gemini-models", "/v1beta/models", "{}"),
        Arguments.of("gemini-model", model, "{}"));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("embeddings", "/v1/embeddings", "{'model':'fake','input':['a','b']}"),
        Arguments.of(
            "embeddings-base64",
            "/v1/embeddings",
            "{'model':'fake','input':'a','encoding_format':'base64'}"),
        Arguments.of("models", "/v1/models", "{}"),
        Arguments.of("model", "/openai/v1/models/vendor/model:free", "{}"),
        Arguments.of("no-route", "/v2/anything", "{}"));
  }

  private static String unknown(String body) {
    return body.replace("fake-model", Speech.NO_SUCH_MODEL);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  void answerIsTheOneOnFile(String name, String target, String body) {
    Answer answer = Speech.answer(Questions.post(target, body), 1, Set.of()).answer();

    GOLDEN.assertMatches(name + ".txt", shown(answer));
  }

  @AfterAll
  static void everyFileWasUsed() {
    GOLDEN.assertAllUsed();
  }

  private static String shown(Answer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.pieces(answer).forEach(piece -> bytes.writeBytes(piece.bytes().getBytes()));
    return answer.status()
        + " "
        + answer.framing().contentType()
        + "\n"
        + answer.total()
        + "\n\n"
        + bytes.toString(UTF_8).replace("\r", "␍");
  }
}
