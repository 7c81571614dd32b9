package io.keyfront.protocols.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyfront.protocols.RandomJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonSkimmerProperties {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FieldTree FIELDS =
      FieldTree.of(
          Map.of(
              "model", Field.MODEL,
              "usage", Field.USAGE,
              "usage.in", Field.INPUT,
              "usage.details.cached", Field.CACHE_READ,
              "choices", Field.CHOICES,
              "choices.reason", Field.FINISH));

  @Property(tries = 4_000)
  void whatIsLookedForIsFoundAmidAnythingElse(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String text = document(random);

    FieldPicker found = skim(text.getBytes(UTF_8), random).found();

    JsonNode tree = JSON.readTree(text);
    assertThat(found.text(Field.MODEL)).isEqualTo(tree.at("/model").textValue());
    assertThat(found.hasCount(Field.INPUT)).isEqualTo(tree.at("/usage/in").isNumber());
    assertThat(found.count(Field.INPUT)).isEqualTo(tree.at("/usage/in").asLong());
    assertThat(found.count(Field.CACHE_READ)).isEqualTo(tree.at("/usage/details/cached").asLong());
    assertThat(found.isObject(Field.USAGE)).isEqualTo(tree.at("/usage").isObject());
    assertThat(found.isEmptyList(Field.CHOICES))
        .isEqualTo(tree.at("/choices").isArray() && tree.at("/choices").isEmpty());
    assertThat(found.text(Field.FINISH)).isEqualTo(tree.at("/choices/0/reason").textValue());
  }

  @Property(tries = 6_000)
  void textWithMistakesIsBrokenExactlyWhenJacksonSaysSo(@ForAll long seed) {
    Random random = new Random(seed);
    // Jackson refuses names with half a surrogate pair; a mistake may make one.
    byte[] text = document(random).replace("\\uD83D\\uDE00", "").getBytes(UTF_8);
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length);
      // Characters of several bytes stay whole: unlike Jackson, the skimmer does not decode them.
      String other = " {}[],:\"\\0e-.tnu1\n\001";
      text[at] = text[at] < 0 ? text[at] : (byte) other.charAt(random.nextInt(other.length()));
    }
    if (random.nextInt(4) == 0) {
      text = Arrays.copyOf(text, random.nextInt(text.length));
    }

    assertThat(skim(text, random).skimmer().isWhole())
        .as(new String(text, UTF_8))
        .isEqualTo(isJson(text));
  }

  @Example
  void nestingHasABound() {
    String fits = "[".repeat(JsonNesting.MAX_DEPTH) + "]".repeat(JsonNesting.MAX_DEPTH);

    assertThat(skim(fits.getBytes(UTF_8), new Random(1)).skimmer().isWhole()).isTrue();
    assertThat(skim(("[" + fits + "]").getBytes(UTF_8), new Random(1)).skimmer().isBroken())
        .isTrue();
  }

  @Example
  void valueThatIsTooLongIsNotFoundAndNothingElseIsLost() {
    String fits = "m".repeat(JsonToken.MAX_LENGTH);

    assertThat(found("{\"model\":\"" + fits + "\"}").text(Field.MODEL)).isEqualTo(fits);
    var longer = found("{\"model\":\"m" + fits + "\",\"usage\":{\"in\":5}}");
    assertThat(longer.text(Field.MODEL)).isNull();
    assertThat(longer.count(Field.INPUT)).isEqualTo(5);
    assertThat(found("{\"usage\":{\"in\":" + "1".repeat(300) + "}}").hasCount(Field.INPUT))
        .isFalse();
    assertThat(found("{\"" + fits + fits + "\":1,\"model\":\"m\"}").text(Field.MODEL))
        .isEqualTo("m");
  }

  @Example
  void escapesOfAValueAreDecoded() {
    assertThat(found("{\"model\":\"a\\/b\\u00e9\\uD83D\\uDE00\\\"\"}").text(Field.MODEL))
        .isEqualTo("a/b\u00e9\uD83D\uDE00\"");
  }

  private record Skimmed(JsonSkimmer skimmer, FieldPicker found) {}

  private static FieldPicker found(String text) {
    return skim(text.getBytes(UTF_8), new Random(1)).found();
  }

  /** In pieces of random length. */
  private static Skimmed skim(byte[] text, Random random) {
    FieldPicker picker = new FieldPicker(FIELDS, found -> {});
    JsonSkimmer skimmer = new JsonSkimmer(picker);
    int most = 1 + random.nextInt(30);
    int from = 0;
    while (from < text.length) {
      int to = Math.min(text.length, from + 1 + random.nextInt(most));
      skimmer.feed(text, from, to);
      from = to;
    }
    return new Skimmed(skimmer, picker);
  }

  private static String document(Random random) {
    RandomJson json = new RandomJson(random);
    List<String[]> fields = new ArrayList<>();
    if (random.nextBoolean()) {
      fields.add(new String[] {"\"model\"", random.nextBoolean() ? json.string() : json.value(2)});
    }
    if (random.nextBoolean()) {
      fields.add(new String[] {"\"usage\"", usage(json, random)});
    }
    if (random.nextBoolean()) {
      String[] choices = {"[]", "[ ]", "[{\"reason\":\"stop\"}]", "[{\"reason\":null},[]]", "[[]]"};
      fields.add(new String[] {"\"choices\"", choices[random.nextInt(choices.length)]});
    }
    return json.object(fields);
  }

  private static String usage(RandomJson json, Random random) {
    List<String[]> fields = new ArrayList<>();
    if (random.nextBoolean()) {
      fields.add(new String[] {"\"in\"", "" + random.nextInt(100_000)});
    }
    if (random.nextBoolean()) {
      String cached = "{\"x\":[{\"cached\":3}],\"cached\" : " + random.nextInt(1000) + "}";
      fields.add(new String[] {"\"details\"", cached});
    }
    return random.nextInt(5) == 0 ? "null" : json.object(fields);
  }

  private static boolean isJson(byte[] text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      com.fasterxml.jackson.core.JsonToken first = parser.nextToken();
      if (first == null || !first.isStructStart()) {
        return false;
      }
      parser.skipChildren();
      return !parser.hasCurrentToken() || parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
