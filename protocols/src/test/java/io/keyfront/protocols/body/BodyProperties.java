package io.keyfront.protocols.body;

import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.RandomJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BodyProperties {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectMapper ANY_NUMBERS =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Property(tries = 3_000)
  void editsChangeTheTreeAsAskedAndNoOtherByte(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] body = body(random).getBytes(UTF_8);
    String model = random.nextBoolean() ? "vendor/new:model" : "n\"\\\u0001\u00e9\uD83D\uDE00";

    var scanned = BodyScanner.scan(OPENAI_CHAT, Operation.GENERATE, body);
    byte[] renamed = BodyEdits.renameModel(body, scanned, model);
    byte[] metered = BodyEdits.includeUsage(body, scanned, "");
    byte[] both = BodyEdits.includeUsage(body, scanned, model);

    assertThat(JSON.readTree(renamed)).isEqualTo(expected(body, model, false));
    assertThat(JSON.readTree(metered)).isEqualTo(expected(body, "", true));
    assertThat(JSON.readTree(both)).isEqualTo(expected(body, model, true));
    Span span = scanned.model().orElseThrow().span();
    assertThat(Arrays.copyOf(renamed, span.start())).isEqualTo(Arrays.copyOf(body, span.start()));
    assertThat(tail(renamed, body.length - span.end()))
        .isEqualTo(tail(body, body.length - span.end()));
    assertThat(withoutInsertion(metered, body)).isTrue();
  }

  @Property(tries = 3_000)
  void bodyWithAMistakeIsRefusedExactlyWhenJacksonsTreeRefusesIt(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] body = body(random).getBytes(UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      body[random.nextInt(body.length)] = (byte) " {}[],:\"\\0e-.tn\n".charAt(random.nextInt(16));
    }

    boolean readable = isObject(body);

    try {
      BodyScanner.scan(Protocol.GEMINI, Operation.GENERATE, body);
      assertThat(readable).isTrue();
    } catch (Refused e) {
      assertThat(e.fault().code().equals("body_not_json")).isEqualTo(!readable);
    }
  }

  @Example
  void nestedNameWithHalfACharacterIsRefusedAsJacksonRefusesIt() {
    byte[] body = "{\"other\":{\"a\\uDE00\":1}}".getBytes(UTF_8);

    assertThat(isObject(body)).isFalse();
    assertThatThrownBy(() -> BodyScanner.scan(Protocol.GEMINI, Operation.GENERATE, body))
        .isInstanceOf(Refused.class);
  }

  @Property(tries = 5_000)
  void anyBytesAreScannedOrRefused(
      @ForAll Protocol protocol, @ForAll Operation operation, @ForAll byte[] body) {
    try {
      assertThat(BodyScanner.scan(protocol, operation, body)).isNotNull();
    } catch (Refused e) {
      assertThat(e.fault().status()).isEqualTo(400);
    }
  }

  private static String body(Random random) {
    RandomJson json = new RandomJson(random);
    List<String[]> fields = new ArrayList<>();
    fields.add(new String[] {json.name("model"), json.name("gpt-5")});
    if (random.nextBoolean()) {
      fields.add(new String[] {json.name("stream"), random.nextBoolean() ? "true" : "null"});
    }
    if (random.nextInt(3) > 0) {
      fields.add(new String[] {json.name("stream_options"), options(random, json)});
    }
    if (random.nextBoolean()) {
      fields.add(new String[] {json.name("max_tokens"), "100"});
    }
    return json.object(fields);
  }

  private static String options(Random random, RandomJson json) {
    List<String[]> fields = new ArrayList<>();
    if (random.nextBoolean()) {
      String value = List.of("true", "false", "null").get(random.nextInt(3));
      fields.add(new String[] {json.name("include_usage"), value});
    }
    return random.nextInt(5) == 0 ? "null" : json.object(fields).strip();
  }

  private static ObjectNode expected(byte[] body, String model, boolean usage) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(body);
    if (!model.isEmpty()) {
      tree.put("model", model);
    }
    if (usage) {
      boolean there = tree.get("stream_options") instanceof ObjectNode;
      ObjectNode options =
          there ? (ObjectNode) tree.get("stream_options") : tree.putObject("stream_options");
      options.put("include_usage", true);
    }
    return tree;
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  /** Whether the longer one is the shorter one but for one stretch. */
  private static boolean withoutInsertion(byte[] edited, byte[] body) {
    int same = Arrays.mismatch(edited, body);
    if (same < 0) {
      return edited == body;
    }
    int back = 0;
    int most = Math.min(edited.length, body.length) - same;
    while (back < most && edited[edited.length - 1 - back] == body[body.length - 1 - back]) {
      back++;
    }
    return body.length - same - back <= "false".length();
  }

  private static boolean isObject(byte[] body) {
    try {
      return ANY_NUMBERS.readTree(body) instanceof ObjectNode;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
