package io.keyfront.protocols.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.provider.Protocol;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event that comes in pieces is searched for the key before anybody knows what it tells. */
class TornEventsTest {
  private static final String KEY = "sk-fake-provider-key";
  private static final String BLOTTED = "[redacted]**********";
  private static final String GOOD =
      "data: {\"choices\":[{\"delta\":{\"content\":\"sk-fa ok\"}}]}\n\n";

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "OPENAI_CHAT; data: {\"error\":{\"message\":\"The key KEY is no good, KEY\"}}",
        "OPENAI_CHAT; data: {\"message\":\"The key KEY is no good, KEY\",\"error\":{}}",
        "ANTHROPIC_MESSAGES; event: error|data: {\"error\":{\"message\":\"The key KEY is no good, KEY\"}}",
        "OPENAI_RESPONSES; data: {\"type\":\"error\",\"message\":\"The key KEY is no good, KEY\"}",
        "GEMINI; data: {\"error\":{\"message\":\"The key KEY|data: is no good, KEY\"}}",
      })
  void keyIsFoundWhereverTheEventIsCut(Protocol protocol, String event) {
    String error = event.replace("|", "\n").replace("KEY", KEY) + "\n\n";
    String stream = GOOD + error + GOOD;
    for (int one = GOOD.length() + 1; one < GOOD.length() + error.length(); one++) {
      for (int other = one; other <= stream.length(); other++) {
        assertThat(passed(protocol, stream, one, other))
            .as("cut at %d and %d", one, other)
            .isEqualTo(stream.replace(KEY, BLOTTED));
      }
    }
  }

  @Test
  void answerWithoutTheKeyPassesAsItIsAndNoWholeEventWaits() {
    String stream = GOOD + GOOD.replace("\n", "\r\n") + GOOD;
    for (int size = 1; size < stream.length(); size++) {
      AnswerReader reader = reader(Protocol.OPENAI_CHAT, false);
      ByteArrayOutputStream passed = new ByteArrayOutputStream();
      for (int at = 0; at < stream.length(); at += size) {
        int to = Math.min(stream.length(), at + size);
        passed.writeBytes(reader.feed(stream.substring(at, to).getBytes(UTF_8)));
        int held = to - passed.size();
        assertThat(KEY).startsWith(stream.substring(to - held, to)).hasSizeGreaterThan(held);
      }
      assertThat(reader.end()).isEmpty();
      assertThat(passed.toString(UTF_8)).isEqualTo(stream);
    }
  }

  @Test
  void pieceOfWholeEventsPassesAsTheSameArray() {
    byte[] piece = (GOOD + GOOD).getBytes(UTF_8);

    assertThat(reader(Protocol.OPENAI_CHAT, false).feed(piece)).isSameAs(piece);
  }

  @Test
  void beginningOfTheKeyThatNothingFollowsIsPassedAtTheEnd() {
    AnswerReader reader = reader(Protocol.OPENAI_CHAT, false);
    byte[] piece = ("data: " + KEY.substring(0, 12)).getBytes(UTF_8);

    assertThat(new String(reader.feed(piece), UTF_8)).isEqualTo("data: ");
    assertThat(new String(reader.end(), UTF_8)).isEqualTo(KEY.substring(0, 12));
  }

  /** A reader that hides a chunk holds no event back that is larger than what it gathers. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void keyIsFoundInAnEventTooLargeToBeHeldBack(boolean hiding) {
    String filler = "x".repeat(FrameMeter.MAX_GATHERED);
    String error = "data: {\"a\":\"" + filler + "\",\"error\":{\"message\":\"" + KEY + "\"}}\n\n";
    int inKey = error.indexOf(KEY) + 5;

    for (List<Integer> cuts : List.of(List.of(inKey, inKey + 1), List.of(9, inKey))) {
      String passed =
          passed(reader(Protocol.OPENAI_CHAT, hiding), error, cuts.getFirst(), cuts.getLast());
      assertThat(passed).isEqualTo(error.replace(KEY, BLOTTED));
    }
  }

  private static AnswerReader reader(Protocol protocol, boolean hiding) {
    return AnswerReaders.sse(protocol, hiding, () -> Redaction.of(List.of(KEY)));
  }

  private static String passed(Protocol protocol, String stream, int one, int other) {
    return passed(reader(protocol, false), stream, one, other);
  }

  private static String passed(AnswerReader reader, String stream, int one, int other) {
    byte[] bytes = stream.getBytes(UTF_8);
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    passed.writeBytes(reader.feed(Arrays.copyOf(bytes, one)));
    passed.writeBytes(reader.feed(Arrays.copyOfRange(bytes, one, other)));
    passed.writeBytes(reader.feed(Arrays.copyOfRange(bytes, other, bytes.length)));
    passed.writeBytes(reader.end());
    return passed.toString(UTF_8);
  }
}
