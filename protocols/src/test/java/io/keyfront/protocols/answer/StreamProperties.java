package io.keyfront.protocols.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.RandomJson;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StreamProperties {
  private static final String[] PIECES = {
    "data: ",
    "data:",
    "event: ",
    "event: message_delta",
    "event: response.completed",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\r\n\r\n",
    ":",
    " ",
    "{",
    "}",
    "[",
    "]",
    "[]",
    ",",
    "\"",
    "\"usage\"",
    "\"choices\"",
    "\"choices\":[]",
    "\"usage\":{",
    "\"usage\":{\"prompt_tokens\":5}",
    "\"error\":{",
    "\"message\":{",
    "\"response\":{",
    "\"usageMetadata\":{",
    "\"promptTokenCount\":",
    "12",
    "-1e9",
    "null",
    "\"type\":\"message_stop\"",
    "[DONE]",
    "data: [DONE]\n\n",
    "\u00ef\u00bb\u00bf",
    "\u0000",
    "\u00ff",
    "\\",
    "\\u00",
    "\"model\":\"m\""
  };

  /** Frames of which we know what is to become of them. */
  private record Expected(byte[] stream, byte[] passed, long prompt) {}

  @Property(tries = 3_000)
  void exactlyTheInjectedChunkIsHiddenHoweverTheStreamIsCut(@ForAll long seed) {
    Random random = new Random(seed);
    Expected expected = chatStream(random);
    AnswerReader hiding = AnswerReaders.sse(Protocol.OPENAI_CHAT, true, Redaction::none);
    AnswerReader showing = AnswerReaders.sse(Protocol.OPENAI_CHAT, false, Redaction::none);

    byte[] hidden = fed(hiding, expected.stream(), random);
    byte[] shown = fed(showing, expected.stream(), random);

    assertThat(new String(hidden, ISO_8859_1)).isEqualTo(new String(expected.passed(), ISO_8859_1));
    assertThat(shown).isEqualTo(expected.stream());
    assertThat(hiding.reading()).isEqualTo(showing.reading());
    assertThat(hiding.reading().usage().map(Usage::totalInput).orElse(-1L))
        .isEqualTo(expected.prompt());
  }

  @Property(tries = 6_000)
  void anythingIsReadAlikeHoweverItIsCut(
      @ForAll Protocol protocol, @ForAll boolean sse, @ForAll boolean hide, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] stream = nonsense(random);

    AnswerReader whole = reader(protocol, sse, hide);
    AnswerReader cut = reader(protocol, sse, hide);
    byte[] passedWhole = joined(whole.feed(stream), whole.end());
    byte[] passedCut = fed(cut, stream, random);

    assertThat(passedCut).isEqualTo(passedWhole);
    assertThat(cut.reading()).isEqualTo(whole.reading());
    if (!sse || !hide || protocol != Protocol.OPENAI_CHAT) {
      assertThat(passedWhole).isEqualTo(stream);
    }
    whole.reading().usage().ifPresent(usage -> assertThat(usage.totalInput()).isNotNegative());
  }

  @Property(tries = 3_000)
  void randomBytesNeverStopAReader(
      @ForAll Protocol protocol, @ForAll boolean sse, @ForAll boolean hide, @ForAll byte[] bytes) {
    AnswerReader reader = reader(protocol, sse, hide);

    byte[] passed = joined(reader.feed(bytes), reader.end());

    assertThat(passed.length).isLessThanOrEqualTo(bytes.length);
    assertThat(reader.reading()).isNotNull();
  }

  private static AnswerReader reader(Protocol protocol, boolean sse, boolean hide) {
    return sse ? AnswerReaders.sse(protocol, hide, Redaction::none) : AnswerReaders.json(protocol);
  }

  private static byte[] nonsense(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  private static Expected chatStream(Random random) {
    RandomJson json = new RandomJson(random);
    String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    long prompt = -1;
    for (int i = random.nextInt(12); i > 0; i--) {
      String value = json.value(2).replaceAll("[\r\n]", " ");
      String frame =
          switch (random.nextInt(6)) {
            case 0 -> ": a comment" + end;
            case 1 -> "data: {\"choices\":[],\"usage\":null,\"x\":" + value + "}" + end;
            case 2 -> "data: {\"choices\":[{}],\"usage\":{\"x\":" + value + "}}" + end;
            case 3 -> "data: {\"x\":" + value + ", \"choices\":[{\"delta\":{}}]}" + end;
            case 4 -> "";
            default -> {
              prompt = random.nextInt(1000);
              yield "data: {\"choices\" : [ ],\"x\":%s,\"usage\": {\"prompt_tokens\":%d}}%s"
                  .formatted(value, prompt, end);
            }
          };
      stream.writeBytes((frame + end).getBytes(UTF_8));
      if (!frame.contains("prompt_tokens")) {
        passed.writeBytes((frame + end).getBytes(UTF_8));
      }
    }
    return new Expected(stream.toByteArray(), passed.toByteArray(), prompt);
  }

  private static byte[] fed(AnswerReader reader, byte[] stream, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int most = 1 + random.nextInt(50);
    int from = 0;
    while (from < stream.length) {
      int to = Math.min(stream.length, from + random.nextInt(most + 1));
      out.writeBytes(reader.feed(Arrays.copyOfRange(stream, from, to)));
      from = to;
    }
    out.writeBytes(reader.end());
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
