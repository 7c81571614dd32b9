package io.keyfront.dataplane.mock;

import static io.keyfront.core.provider.Operation.COUNT_TOKENS;
import static io.keyfront.core.provider.Operation.GENERATE;
import static io.keyfront.core.provider.Operation.GET_MODEL;
import static io.keyfront.core.provider.Operation.LIST_MODELS;
import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.testkit.GoldenFolder;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MockGoldenTest {
  private static final GoldenFolder GOLDEN = GoldenFolder.ofTestResources("mock");

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void plainDocumentIsTheOneOnFile(Protocol protocol) {
    check(protocol, "plain", Bodies.whole(protocol, "mock", hello(protocol, "")));
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_EMBEDDINGS")
  void plainStreamIsTheOneOnFile(Protocol protocol) {
    check(protocol, "stream", Bodies.stream(protocol, "mock", hello(protocol, "")));
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_EMBEDDINGS")
  void toolCallIsTheOneOnFile(Protocol protocol) {
    String body = hello(protocol, "," + Bodies.tools(protocol));

    check(protocol, "tool", Bodies.whole(protocol, "mock-tools", body));
    check(protocol, "tool-stream", Bodies.stream(protocol, "mock-tools", body));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void refusalIsTheOneOnFile(Protocol protocol) {
    check(protocol, "429", Bodies.stream(protocol, "mock-429", hello(protocol, "")));
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_EMBEDDINGS")
  void errorInAStreamIsTheOneOnFile(Protocol protocol) {
    check(protocol, "error", Bodies.stream(protocol, "mock-error-in-stream", hello(protocol, "")));
  }

  @ParameterizedTest
  @MethodSource("others")
  void otherAnswersAreTheOnesOnFile(
      String name,
      Protocol protocol,
      Operation operation,
      String model,
      boolean stream,
      String body) {
    check(protocol, name, Bodies.answer(protocol, operation, model, stream, body));
  }

  static Stream<Arguments> others() {
    String usage = ",'stream_options':{'include_usage':true}";
    String base64 = ",'encoding_format':'base64','dimensions':16";
    return Stream.of(
        Arguments.of(
            "count",
            ANTHROPIC_MESSAGES,
            COUNT_TOKENS,
            "mock",
            false,
            hello(ANTHROPIC_MESSAGES, "")),
        Arguments.of(
            "count", OPENAI_RESPONSES, COUNT_TOKENS, "mock", false, hello(OPENAI_RESPONSES, "")),
        Arguments.of("count", GEMINI, COUNT_TOKENS, "mock", false, hello(GEMINI, "")),
        Arguments.of("models", ANTHROPIC_MESSAGES, LIST_MODELS, "", false, ""),
        Arguments.of("models", OPENAI_CHAT, LIST_MODELS, "", false, ""),
        Arguments.of("models", GEMINI, LIST_MODELS, "", false, ""),
        Arguments.of("model", ANTHROPIC_MESSAGES, GET_MODEL, "mock", false, ""),
        Arguments.of("model", OPENAI_CHAT, GET_MODEL, "mock", false, ""),
        Arguments.of("model", GEMINI, GET_MODEL, "mock", false, ""),
        Arguments.of(
            "usage-stream", OPENAI_CHAT, GENERATE, "mock", true, hello(OPENAI_CHAT, usage)),
        Arguments.of(
            "base64",
            OPENAI_EMBEDDINGS,
            GENERATE,
            "mock",
            false,
            hello(OPENAI_EMBEDDINGS, base64)));
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, names = "GEMINI")
  void streamWithoutSseIsAJsonArray(Protocol protocol) {
    byte[] body = hello(protocol, "").replace('\'', '"').getBytes(UTF_8);

    check(protocol, "array", MockAnswers.answer(protocol, GENERATE, "mock", true, false, body));
  }

  @AfterAll
  static void everyFileWasUsed() {
    GOLDEN.assertAllUsed();
  }

  private static String hello(Protocol protocol, String more) {
    return Bodies.asking(protocol, "hello there", more);
  }

  private static void check(Protocol protocol, String name, MockAnswer answer) {
    StringBuilder shown = new StringBuilder().append(answer.status()).append('\n');
    new TreeMap<>(answer.headers())
        .forEach((header, value) -> shown.append(header + ": " + value + "\n"));
    shown.append('\n').append(Bodies.text(answer).replace("\r", "␍"));
    GOLDEN.assertMatches(protocol.id() + "/" + name + ".txt", shown.toString());
  }
}
