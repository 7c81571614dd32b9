package io.keyfront.protocols.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Protocol;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeAnswerTest {
  private static final String LONG = "A long text with \\\"usage\\\" in it. ".repeat(100_000);

  @ParameterizedTest
  @ValueSource(ints = {1000, 16_384, 65_536, 100_000, 10_000_000})
  void closingEventOfMegabytesIsReadInPieces(int size) {
    byte[] stream =
        """
        event: response.completed
        data: {"type":"response.completed","response":{"output":[{"text":"%s"}],"model":"gpt-5",\
        "usage":{"input_tokens":5,"output_tokens":7}}}

        """
            .formatted(LONG)
            .getBytes(UTF_8);
    AnswerReader reader = AnswerReaders.sse(Protocol.OPENAI_RESPONSES, false, Redaction::none);

    byte[] passed = feed(reader, stream, size);

    assertThat(passed).isEqualTo(stream);
    assertThat(reader.reading().complete()).isTrue();
    assertThat(reader.reading().usage()).contains(Usage.of(5, 7));
    assertThat(reader.reading().model()).contains("gpt-5");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 16_384, 10_000_000})
  void answerOfMegabytesIsReadInPieces(int size) {
    byte[] answer =
        "{\"data\":[\"%s\"],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}"
            .formatted(LONG)
            .getBytes(UTF_8);
    AnswerReader reader = AnswerReaders.json(Protocol.GEMINI);

    byte[] passed = feed(reader, answer, size);

    assertThat(passed).isEqualTo(answer);
    assertThat(reader.reading().complete()).isTrue();
    assertThat(reader.reading().usage()).contains(Usage.of(3, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 16_384, 65_536, 65_537, 10_000_000})
  void injectedChunkThatOutgrowsTheBoundIsPassedOnHoweverItIsCut(int size) {
    byte[] stream =
        ("data: {\"choices\":[],\"x\":\"" + LONG + "\",\"usage\":{\"prompt_tokens\":5}}\n\n")
            .getBytes(UTF_8);
    AnswerReader reader = AnswerReaders.sse(Protocol.OPENAI_CHAT, true, Redaction::none);

    byte[] passed = feed(reader, stream, size);

    assertThat(passed).isEqualTo(stream);
    assertThat(reader.reading().usage()).contains(Usage.of(5, 0));
  }

  @Test
  void neverMoreThanTheBoundIsHeldBack() {
    AnswerReader reader = AnswerReaders.sse(Protocol.OPENAI_CHAT, true, Redaction::none);
    byte[] piece = "data: {\"choices\":[],\"x\":".concat("x".repeat(976)).getBytes(UTF_8);
    long fed = 0;
    long passed = 0;

    for (int i = 0; i < 1000; i++) {
      fed += piece.length;
      passed += reader.feed(piece).length;
      assertThat(fed - passed).isBetween(0L, (long) FrameMeter.MAX_GATHERED);
    }

    assertThat(passed + reader.end().length).isEqualTo(fed);
  }

  @Test
  void streamWithNothingToHideIsTheVerySameArray() {
    byte[] frames = "data: {\"choices\":[{}]}\n\ndata: [DONE]\n\n".getBytes(UTF_8);
    byte[] part = "data: {\"choi".getBytes(UTF_8);

    AnswerReader showing = AnswerReaders.sse(Protocol.OPENAI_CHAT, false, Redaction::none);
    assertThat(showing.feed(part)).isSameAs(part);
    assertThat(showing.end()).isEmpty();
    AnswerReader hiding = AnswerReaders.sse(Protocol.OPENAI_CHAT, true, Redaction::none);
    assertThat(hiding.feed(frames)).isSameAs(frames);
    assertThat(hiding.feed(part)).isEmpty();
    assertThat(hiding.end()).isEqualTo(part);
    AnswerReader other = AnswerReaders.sse(Protocol.GEMINI, true, Redaction::none);
    assertThat(other.feed(part)).isSameAs(part);
    AnswerReader json = AnswerReaders.json(Protocol.OPENAI_CHAT);
    assertThat(json.feed(part)).isSameAs(part);
    assertThat(json.end()).isEmpty();
  }

  @Test
  void readerOfNothingPassesEverythingAndLearnsNothing() {
    byte[] bytes = "{\"usage\":{\"input_tokens\":5}}".getBytes(UTF_8);
    AnswerReader reader = AnswerReaders.none();

    assertThat(reader.feed(bytes)).isSameAs(bytes);
    assertThat(reader.end()).isEmpty();
    assertThat(reader.reading()).isEqualTo(Reading.NOTHING);
  }

  @Test
  @Timeout(120)
  void hostileAnswersTakeTimeInProportionToTheirLength() {
    String[] hostile = {
      "[", "{\"a\":", "data:", "data: {\n", "\r", "\n", "\\", "\"", "{\"usage\":{}}"
    };

    for (String unit : hostile) {
      byte[] answer = unit.repeat(400_000 / unit.length()).getBytes(UTF_8);
      for (Protocol protocol : Protocol.values()) {
        assertThatCode(() -> feed(AnswerReaders.json(protocol), answer, 1))
            .doesNotThrowAnyException();
        assertThatCode(() -> feed(AnswerReaders.sse(protocol, true, Redaction::none), answer, 7))
            .doesNotThrowAnyException();
      }
    }
  }

  private static byte[] feed(AnswerReader reader, byte[] answer, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < answer.length; from += size) {
      int to = Math.min(answer.length, from + size);
      out.writeBytes(reader.feed(Arrays.copyOfRange(answer, from, to)));
    }
    out.writeBytes(reader.end());
    return out.toByteArray();
  }
}
