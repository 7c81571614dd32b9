package io.keyfront.protocols.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.RandomJson;
import io.keyfront.protocols.answer.ByteScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlainScanProperties {
  private static final String[] NAMES = {
    "\"model\"",
    "\"stream\"",
    "\"max_tokens\"",
    "\"Model\"",
    "\"messages\"",
    "\"mo\\u0064el\"",
    "\"max_completion_tokens\"",
    "\"max_output_tokens\"",
    "\"generationConfig\"",
    "\"\"",
    "\"stream_options\"",
    "\"generation_config\"",
    "\"\u017Ftream\"",
    "\"user\""
  };
  private static final String[] VALUES = {
    "\"gpt-5\"",
    "\"\u00e9\"",
    "\"a b\"",
    "true",
    "false",
    "null",
    "0",
    "17",
    "-1",
    "1.5",
    "1e3",
    "01",
    "999999999999999999",
    "9999999999999999999",
    "\"\"",
    "\"\\n\"",
    "\"\\u12g4\"",
    "{}",
    "[1,]"
  };

  @Property(tries = 20_000)
  void whateverThePlainScanReadsTheCarefulOneReadsAlike(
      @ForAll Protocol protocol, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] body = body(random).getBytes(UTF_8);
    if (random.nextBoolean()) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }

    ScannedBody plain = PlainScan.scan(protocol, body);

    if (plain != null) {
      assertThat(plain).isEqualTo(BodyScanner.carefully(protocol, body));
    }
  }

  @Example
  void bodyOfAnAgentIsReadWithoutGivingUp() {
    byte[] body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a \\\"b\\\" \u2713 \uD83D\uDE00\"}],\"model\":\"m\",\"temperature\":0.2,\"max_tokens\":256,\"stream\":true}"
            .getBytes(UTF_8);

    ScannedBody plain = PlainScan.scan(Protocol.ANTHROPIC_MESSAGES, body);

    assertThat(plain)
        .isNotNull()
        .isEqualTo(BodyScanner.carefully(Protocol.ANTHROPIC_MESSAGES, body));
  }

  @Property(tries = 5_000)
  void textIsUtf8ExactlyWhenItSurvivesDecoding(@ForAll byte[] bytes, @ForAll String text) {
    boolean survives = Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);

    assertThat(ByteScan.isUtf8(bytes)).isEqualTo(survives);
    assertThat(ByteScan.isUtf8(text.getBytes(UTF_8))).isTrue();
  }

  @Property(tries = 2_000)
  void carefulScanRefusesWhatIsNoJsonThoughThePlainOneSawItFirst(@ForAll byte[] body) {
    try {
      assertThat(BodyScanner.carefully(Protocol.GEMINI, body)).isNotNull();
    } catch (Refused refused) {
      assertThat(PlainScan.scan(Protocol.GEMINI, body)).isNull();
    }
  }

  private static String body(Random random) {
    RandomJson json = new RandomJson(random);
    List<String[]> fields = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String value = random.nextInt(3) == 0 ? json.value(3) : VALUES[random.nextInt(VALUES.length)];
      fields.add(new String[] {NAMES[random.nextInt(NAMES.length)], value});
    }
    if (random.nextInt(3) > 0) {
      fields.add(new String[] {"\"model\"", "\"m\""});
    }
    return json.object(fields);
  }
}
