package io.keyfront.protocols.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.GoldenFolder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A case is a folder whose name begins with the protocol: the answer as the provider sends it
 * ({@code answer.sse} or {@code answer.json}), what is read in it ({@code reading.txt}), and, where
 * the injected chunk is to be hidden, what is passed on ({@code passed.sse}). Each is read whole,
 * cut at every single place, byte by byte, and cut at many random places.
 */
class AnswerGoldenTest {
  private static final GoldenFolder GOLDEN = new GoldenFolder("answer");

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answerIsReadAsItsFolderSaysHoweverItIsCut(String name) {
    boolean hide = GOLDEN.has(name, "passed.sse");
    boolean sse = GOLDEN.has(name, "answer.sse");
    byte[] answer = GOLDEN.bytes(name, sse ? "answer.sse" : "answer.json");
    byte[] passed = hide ? GOLDEN.bytes(name, "passed.sse") : answer;
    String reading = GOLDEN.text(name, "reading.txt");
    Supplier<AnswerReader> readers = readers(protocol(name), sse, hide);

    assertReads(readers.get(), List.of(answer), passed, reading);
    for (int cut = 0; cut <= answer.length; cut++) {
      assertReads(readers.get(), pieces(answer, cut), passed, reading);
    }
    assertReads(readers.get(), bytewise(answer), passed, reading);
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      int[] cuts = random.ints(1 + random.nextInt(40), 0, answer.length + 1).sorted().toArray();
      assertReads(readers.get(), pieces(answer, cuts), passed, reading);
    }
  }

  @AfterAll
  static void noFileIsLeftOver() {
    GOLDEN.assertThatEveryFileWasRead();
  }

  private static Supplier<AnswerReader> readers(Protocol protocol, boolean sse, boolean hide) {
    return sse
        ? () -> AnswerReaders.sse(protocol, hide, Redaction::none)
        : () -> AnswerReaders.json(protocol);
  }

  private static void assertReads(
      AnswerReader reader, List<byte[]> pieces, byte[] passed, String reading) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(reader.feed(piece));
    }
    out.writeBytes(reader.end());

    assertThat(told(reader.reading())).isEqualTo(reading);
    if (!Arrays.equals(out.toByteArray(), passed)) {
      assertThat(out.toString(UTF_8)).isEqualTo(new String(passed, UTF_8));
    }
  }

  private static List<byte[]> pieces(byte[] bytes, int... cuts) {
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      pieces.add(Arrays.copyOfRange(bytes, from, cut));
      from = cut;
    }
    pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
    return pieces;
  }

  private static List<byte[]> bytewise(byte[] bytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (byte b : bytes) {
      pieces.add(new byte[] {b});
    }
    return pieces;
  }

  private static Protocol protocol(String name) {
    return Arrays.stream(Protocol.values())
        .filter(candidate -> name.startsWith(candidate.id()))
        .max(Comparator.comparingInt(candidate -> candidate.id().length()))
        .orElseThrow();
  }

  private static String told(Reading reading) {
    StringBuilder text = new StringBuilder();
    reading.model().ifPresent(model -> text.append("model ").append(model).append('\n'));
    reading.serviceTier().ifPresent(tier -> text.append("tier ").append(tier).append('\n'));
    reading.error().ifPresent(error -> text.append("error ").append(error).append('\n'));
    text.append(reading.complete() ? "complete" : "incomplete").append('\n');
    reading.usage().ifPresent(usage -> tell(usage, text));
    return text.toString();
  }

  private static void tell(Usage usage, StringBuilder text) {
    text.append("input ").append(usage.input()).append('\n');
    tell("cache read", usage.cacheRead(), text);
    tell("cache write 5m", usage.cacheWrite5m(), text);
    tell("cache write 1h", usage.cacheWrite1h(), text);
    text.append("output ").append(usage.output()).append('\n');
    tell("reasoning", usage.reasoning(), text);
    tell("audio input", usage.audioInput(), text);
    tell("audio output", usage.audioOutput(), text);
    tell("web searches", usage.webSearches(), text);
    usage.providerCost().ifPresent(cost -> text.append("cost ").append(cost).append('\n'));
  }

  private static void tell(String name, long count, StringBuilder text) {
    if (count != 0) {
      text.append(name).append(' ').append(count).append('\n');
    }
  }
}
