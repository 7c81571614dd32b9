package io.keyfront.core.money;

import static io.keyfront.core.money.Prices.bundled;
import static io.keyfront.core.money.Prices.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledPricesTest {
  @Test
  void everyProvidersRowsAreRead() {
    Map<String, Integer> counts =
        BundledPrices.rows().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, rows -> rows.getValue().size()));

    assertThat(counts)
        .containsOnly(
            entry("anthropic", 22),
            entry("azure", 356),
            entry("bedrock", 450),
            entry("deepseek", 10),
            entry("gemini", 43),
            entry("groq", 7),
            entry("mistral", 53),
            entry("openai", 131),
            entry("together", 91),
            entry("vertex", 105),
            entry("xai", 43));
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, claude-opus-5-5, 4000000, 200000, 5000000, 8000000, 20000000",
    "anthropic, claude-haiku-5-5, 100000, 10000, 125000, 200000, 500000",
    "openai, gpt-5, 1250000, 125000, 1250000, 1250000, 10000000",
    "openai, gpt-5.6, 4000000, 400000, 5000000, 5000000, 20000000",
    "gemini, gemini-2.5-pro, 1250000, 125000, 1250000, 1250000, 10000000",
    "deepseek, deepseek-v4-flash, 300000, 6000, 300000, 300000, 1200000",
    "bedrock, eu.anthropic.claude-sonnet-5, 2200000, 220000, 2750000, 4400000, 11000000",
  })
  void knownRowsCostWhatTheirListSays(
      String provider, String model, long input, long read, long write5m, long write1h, long out) {
    Rates rates = bundled(provider, model).standard().base();

    assertThat(rates.of(TokenKind.INPUT)).isEqualTo(input);
    assertThat(rates.of(TokenKind.CACHE_READ)).isEqualTo(read);
    assertThat(rates.of(TokenKind.CACHE_WRITE_5M)).isEqualTo(write5m);
    assertThat(rates.of(TokenKind.CACHE_WRITE_1H)).isEqualTo(write1h);
    assertThat(rates.of(TokenKind.OUTPUT)).isEqualTo(out);
  }

  @Test
  void rowKnowsItsLimitsKindAndSearchPrice() {
    ModelPrice opus = bundled("anthropic", "claude-opus-5");
    ModelPrice embedding = bundled("openai", "text-embedding-3-small");

    assertThat(opus.contextWindow()).isEqualTo(OptionalInt.of(1_000_000));
    assertThat(opus.maxOutput()).isEqualTo(OptionalInt.of(128_000));
    assertThat(opus.webSearch()).hasValue(10_000_000_000L);
    assertThat(embedding.kind()).isEqualTo(ModelPrice.Kind.EMBEDDING);
    assertThat(embedding.maxOutputOrDefault()).isZero();
  }

  @Test
  void limitThatIsNotListedIsTheNamedDefault() {
    ModelPrice unlimited = Prices.row("{\"input\": 1, \"output\": 2}");

    assertThat(unlimited.contextWindowOrDefault()).isEqualTo(1_000_000);
    assertThat(unlimited.maxOutputOrDefault()).isEqualTo(65_536);
  }

  @Test
  void searchWithoutAPriceCostsTheDearestOfItsProvider() {
    assertThat(bundled("anthropic", "claude-haiku-4-5").webSearch()).hasValue(10_000_000_000L);
  }

  @Test
  void tiersAreRead() {
    ModelPrice gpt = bundled("openai", "gpt-5.5");

    assertThat(gpt.tiers()).containsOnlyKeys(ServiceTier.PRIORITY, ServiceTier.FLEX);
    assertThat(gpt.standard().at(272_000).of(TokenKind.OUTPUT)).isEqualTo(30_000_000);
    assertThat(gpt.standard().at(272_001).of(TokenKind.OUTPUT)).isEqualTo(45_000_000);
  }

  @Test
  void noCacheWriteIsCheaperThanInputInAnyRow() {
    assertThat(BundledPrices.rows().values())
        .flatExtracting(rows -> rows.byName().values())
        .allSatisfy(
            price ->
                assertThat(price.standard().upTo(Long.MAX_VALUE))
                    .allSatisfy(
                        rates ->
                            assertThat(rates.of(TokenKind.INPUT))
                                .isLessThanOrEqualTo(rates.of(TokenKind.CACHE_WRITE_5M))
                                .isLessThanOrEqualTo(rates.of(TokenKind.CACHE_WRITE_1H))));
  }

  @Test
  void everyNumberOfTheTableIsAWholeNumberOfPicoUsd() throws IOException {
    List<BigDecimal> numbers = numbers();

    assertThat(numbers)
        .hasSizeGreaterThan(5_000)
        .allSatisfy(
            number ->
                assertThat(number.movePointRight(6).stripTrailingZeros().scale()).isNotPositive());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "{'input': 1, 'output': 1, 'surprise': 1}; field surprise is unknown",
        "{'input': 1, 'output': 1, 'kind': 'image'}; kind image is unknown",
        "{'input': 1, 'output': 1, 'serviceTiers': {'warp': {}}}; tier warp is unknown",
        "{'input': 1, 'output': 1, 'longContext': [{'input': 1}]}; needs aboveInputTokens",
        "{'input': 1, 'output': 1, 'contextWindow': 0}; not 1 or more",
        "{'input': 1, 'output': '1'}; output is not a number",
        "{'input': -1, 'output': 1}; out of range",
        "{'output': 1}; input is missing",
        "{'input': 1}; output is missing",
      })
  void rowOfAnotherShapeIsRefusedByName(String row, String problem) {
    assertThatThrownBy(() -> Prices.row(row.replace('\'', '"')))
        .hasMessageContaining("Row acme:one: ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "^acme^: {|^y^: {}; no row of a price table",
        "^acme^: {|  ^m^: 1; no row of a price table",
        "^acme^: {|  ^m^: {},|  ^m^: {}; stands twice",
        "^acme^: {|},|^acme^: {; stands twice",
        "|  ^m^: {}; no row of a price table",
        "surprise; no row of a price table",
      })
  void tableOfAnotherLayoutIsRefused(String lines, String problem) {
    String table = "{\n\"models\": {\n" + lines.replace('^', '"').replace('|', '\n');

    assertThatThrownBy(() -> table(table))
        .hasRootCauseInstanceOf(IOException.class)
        .hasStackTraceContaining(problem);
  }

  /** The lines are what is looked at, so they must say what the JSON does. */
  @Test
  void linesHoldEveryRowOfTheJson() throws IOException {
    int rows = 0;
    try (var json = BundledPrices.class.getResourceAsStream("model-prices.json");
        JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && parser.getText().equals("kind")) {
          rows++;
        }
      }
    }

    assertThat(BundledPrices.rows().values().stream().mapToInt(ModelRows::size).sum())
        .isEqualTo(rows)
        .isEqualTo(1_311);
  }

  private static List<BigDecimal> numbers() throws IOException {
    List<BigDecimal> numbers = new ArrayList<>();
    try (var json = BundledPrices.class.getResourceAsStream("model-prices.json");
        JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric()) {
          numbers.add(new BigDecimal(parser.getText()));
        }
      }
    }
    return numbers;
  }
}
