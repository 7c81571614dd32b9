package io.keyfront.protocols.bound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.money.CallBound;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.BodyEdits;
import io.keyfront.protocols.body.Splice;
import io.keyfront.protocols.bound.Clamp.ChatMaximum;
import java.io.IOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BoundProperties {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long IMAGE_TOKENS = 1_500;
  private static final long WINDOW = 100_000;
  private static final long MODEL_OUTPUT = 7_777;
  private static final ModelLimits OPEN =
      new ModelLimits(OptionalLong.empty(), OptionalLong.of(MODEL_OUTPUT), IMAGE_TOKENS);
  private static final ModelLimits CLOSED =
      new ModelLimits(OptionalLong.of(WINDOW), OptionalLong.of(MODEL_OUTPUT), IMAGE_TOKENS);

  @Property(tries = 2_000)
  void boundIsNeverBelowWhatATreeOfTheBodyCounts(@ForAll Protocol protocol, @ForAll long seed)
      throws IOException {
    RandomCall call = new RandomCall(protocol, new Random(seed));

    AskedFor asked = BodyMeasure.measure(protocol, call.body).asked();
    CallBound open = Bounds.of(asked, OPEN);
    CallBound closed = Bounds.of(asked, CLOSED);

    assertThat(open.inputTokens()).isGreaterThanOrEqualTo(counted(JSON.readTree(call.body)));
    assertThat(asked.prompt().unbounded()).isEqualTo(call.hidden);
    assertThat(asked.serverTools().uses()).isEqualTo(call.uses);
    if (call.hidden || call.uses > 0) {
      assertThat(open.inputTokens())
          .isGreaterThanOrEqualTo(ModelLimits.DEFAULT_CONTEXT_WINDOW * (call.uses + 1));
      assertThat(closed.inputTokens()).isGreaterThanOrEqualTo(WINDOW * (call.uses + 1));
    }
    assertThat(open.choices()).isEqualTo((int) call.choices);
    boolean embeddings = protocol == Protocol.OPENAI_EMBEDDINGS;
    long output = embeddings ? 0 : call.maximum < 0 ? MODEL_OUTPUT : call.maximum;
    assertThat(open.outputTokens()).isEqualTo(output);
  }

  @Property(tries = 2_000)
  void normalFormOfAnyStringFitsItsBound(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      int point = random.nextInt(random.nextBoolean() ? 0x3400 : Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(random.nextInt(4) == 0 ? 0x300 + random.nextInt(0x70) : point);
    }

    byte[] bytes = text.toString().getBytes(UTF_8);

    long most = bytes.length + Expansion.of(bytes);
    for (Normalizer.Form form : Normalizer.Form.values()) {
      boolean composed = form == Normalizer.Form.NFC || form == Normalizer.Form.NFKC;
      if (composed) {
        assertThat((long) Normalizer.normalize(text, form).getBytes(UTF_8).length)
            .isLessThanOrEqualTo(most);
      }
    }
  }

  @Property(tries = 2_000)
  void clampedBodyKeepsToTheClampAndDiffersInNothingElse(
      @ForAll Protocol protocol,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6_000) int most)
      throws IOException {
    RandomCall call = new RandomCall(protocol, new Random(seed));
    MeasuredBody measured = BodyMeasure.measure(protocol, call.body);

    Optional<List<Splice>> splices =
        Clamp.to(most, protocol, measured, ChatMaximum.MAX_COMPLETION_TOKENS);

    if (splices.isPresent()) {
      byte[] clamped = BodyEdits.spliced(call.body, splices.get());
      AskedFor asked = BodyMeasure.measure(protocol, clamped).asked();
      assertThat(Bounds.of(asked, OPEN).outputTokens()).isLessThanOrEqualTo(most);
      long before = Bounds.of(measured.asked(), OPEN).outputTokens();
      assertThat(Bounds.of(asked, OPEN).outputTokens())
          .isEqualTo(call.maximum < 0 ? most : Math.min(before, most));
      assertThat(asked.output().thinkingBudget().orElse(0)).isLessThan(most);
      assertThat(withoutLimits(clamped)).isEqualTo(withoutLimits(call.body));
    } else {
      assertThat(
              protocol == Protocol.OPENAI_EMBEDDINGS
                  || measured.asked().output().thinkingBudget().orElse(0) >= most)
          .isTrue();
    }
  }

  @Property(tries = 3_000)
  void brokenCallIsMeasuredOrRefused(@ForAll Protocol protocol, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] body = new RandomCall(protocol, random).body;
    for (int i = random.nextInt(4); i >= 0; i--) {
      body[random.nextInt(body.length)] =
          (byte) " {}[],:\"\\0e-.tn\nu\u00ff\u00c3".charAt(random.nextInt(19));
    }
    measuredOrRefused(protocol, body);
  }

  @Property(tries = 5_000)
  void anyBytesAreMeasuredOrRefused(@ForAll Protocol protocol, @ForAll byte[] body) {
    measuredOrRefused(protocol, body);
  }

  private static void measuredOrRefused(Protocol protocol, byte[] body) {
    try {
      AskedFor asked = BodyMeasure.measure(protocol, body).asked();
      assertThat(asked.prompt().textBytes()).isBetween(0L, 11L * body.length + 1_000_000);
    } catch (Refused e) {
      assertThat(e.fault().status()).isEqualTo(400);
    }
    assertThat(Expansion.of(body)).isBetween(0L, 11L * body.length);
  }

  /** Bytes of all names and strings in normal form, images apart, and a token a node. */
  private static long counted(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().contains(RandomCall.IMAGE) ? IMAGE_TOKENS : length(node.textValue());
    }
    long sum = 1;
    for (JsonNode child : node) {
      sum += counted(child);
    }
    for (var names = node.fieldNames(); names.hasNext(); ) {
      sum += length(names.next());
    }
    return sum;
  }

  private static long length(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).getBytes(UTF_8).length;
  }

  private static JsonNode withoutLimits(byte[] body) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(body);
    tree.remove(List.of("max_tokens", "max_completion_tokens", "max_output_tokens"));
    if (tree.get("thinking") instanceof ObjectNode thinking) {
      thinking.remove("budget_tokens");
    }
    if (tree.get("generationConfig") instanceof ObjectNode config) {
      config.remove("maxOutputTokens");
      if (config.get("thinkingConfig") instanceof ObjectNode thinking) {
        thinking.remove("thinkingBudget");
      }
      if (config.isEmpty()) {
        tree.remove("generationConfig");
      }
    }
    return tree;
  }
}
