package io.keyfront.core.money;

import static io.keyfront.core.money.Prices.exact;
import static io.keyfront.core.money.Prices.listed;
import static io.keyfront.core.money.Prices.override;
import static io.keyfront.core.money.Prices.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceOverrideTest {
  private static final PriceTable BUNDLED = BundledPrices.table();
  private static final ListedPrices CHEAP = listed(10, 20);
  private static final ListedPrices DEAR = listed(100_000_000, 200_000_000);

  /** A step above 10 tokens twice and one and a half times as dear; audio three times as text. */
  private static final PriceTable ROWS =
      table(
          """
          {
          "about": "a test",
          "models": {
          "acme": {
            "m": {"input": 2, "audioInput": 6, "output": 4, "longContext": [{"aboveInputTokens": 10, "input": 4, "output": 6}], "serviceTiers": {"flex": {"input": 1, "output": 2}, "priority": {"input": 3, "output": 12}}}
          }
          }}
          """);

  @Test
  void overrideKeepsTheRowsLimitsKindAndSearchPrice() {
    PriceTable table = BUNDLED.withOverrides(List.of(override("anthropic", "*", CHEAP)));

    ModelPrice found = table.find("anthropic", "claude-opus-5").orElseThrow();

    assertThat(found.contextWindow()).hasValue(1_000_000);
    assertThat(found.maxOutput()).hasValue(128_000);
    assertThat(found.webSearch()).hasValue(10_000_000_000L);
  }

  @Test
  void overrideRisesForLongPromptsServiceTiersAndAudioAsTheRowDoesAndNeverFalls() {
    ModelPrice found = overRow(PriceList.flat(listed(100, 1_000)));

    assertThat(found.standard().at(10).of(TokenKind.INPUT)).isEqualTo(100);
    assertThat(found.standard().at(10).of(TokenKind.AUDIO_INPUT)).isEqualTo(300);
    assertThat(found.standard().at(11).of(TokenKind.INPUT)).isEqualTo(200);
    assertThat(found.standard().at(11).of(TokenKind.OUTPUT)).isEqualTo(1_500);
    assertThat(tier(found, ServiceTier.PRIORITY).at(10).of(TokenKind.INPUT)).isEqualTo(150);
    assertThat(tier(found, ServiceTier.PRIORITY).at(10).of(TokenKind.OUTPUT)).isEqualTo(3_000);
    assertThat(tier(found, ServiceTier.FLEX).at(10).of(TokenKind.INPUT)).isEqualTo(100);
    assertThat(tier(found, ServiceTier.FLEX).at(10).of(TokenKind.OUTPUT)).isEqualTo(1_000);
  }

  /** A discount that is the same on everything never charges less than that discount. */
  @Test
  void overrideWithTheRowsOwnPricesNeverCostsLessThanTheRow() {
    for (String provider : List.of("openai", "gemini", "anthropic")) {
      for (String model :
          BundledPrices.rows().getOrDefault(provider, ModelRows.NONE).byName().keySet()) {
        ModelPrice row = exact(provider, model);
        Rates base = row.standard().base();
        Map<TokenKind, Long> same = new EnumMap<>(TokenKind.class);
        for (TokenKind kind :
            List.of(
                TokenKind.INPUT,
                TokenKind.CACHE_READ,
                TokenKind.CACHE_WRITE_5M,
                TokenKind.CACHE_WRITE_1H,
                TokenKind.OUTPUT,
                TokenKind.REASONING)) {
          same.put(kind, base.of(kind));
        }
        ListedPrices prices = new ListedPrices(same);
        PriceTable table = BUNDLED.withOverrides(List.of(override(provider, "*", prices)));
        ModelPrice found = table.find(provider, model).orElseThrow();
        for (ServiceTier tier : ServiceTier.values()) {
          for (long input : List.of(1_000L, 1_000_000L)) {
            Usage usage = Usage.of(input, 1_000_000);
            assertThat(Cost.nanoUsd(found, usage, tier))
                .as("%s %s %s %s", provider, model, tier, input)
                .isGreaterThanOrEqualTo(Cost.nanoUsd(row, usage, tier));
          }
        }
      }
    }
  }

  @Test
  void overrideBillsCacheWritesAsTheModelsVendorDoes() {
    PriceTable table = BUNDLED.withOverrides(List.of(override("openrouter", "*", DEAR)));

    assertThat(write(table, "openrouter", "anthropic/claude-opus-5")).isEqualTo(125_000_000);
    assertThat(write(table, "openrouter", "openai/gpt-5")).isEqualTo(100_000_000);
  }

  @Test
  void stepsThatAnOverrideNamesTakeThePlaceOfTheRows() {
    ModelPrice found =
        overRow(new PriceList(listed(100, 1_000), Map.of(20L, listed(150, 1_200)), Map.of()));

    assertThat(found.standard().at(20).of(TokenKind.INPUT)).isEqualTo(100);
    assertThat(found.standard().at(21).of(TokenKind.INPUT)).isEqualTo(150);
    assertThat(found.standard().at(21).of(TokenKind.OUTPUT)).isEqualTo(1_200);
    assertThat(found.standard().at(21).of(TokenKind.AUDIO_INPUT)).isEqualTo(450);
  }

  @Test
  void serviceTierThatAnOverrideNamesCountsExactlyAndOthersRiseAsTheRowDoes() {
    ModelPrice found =
        overRow(
            new PriceList(
                listed(100, 1_000),
                Map.of(),
                Map.of(ServiceTier.FLEX, listed(50, 500), ServiceTier.BATCH, listed(40, 400))));

    assertThat(tier(found, ServiceTier.FLEX).at(10).of(TokenKind.INPUT)).isEqualTo(50);
    assertThat(tier(found, ServiceTier.FLEX).at(10).of(TokenKind.OUTPUT)).isEqualTo(500);
    assertThat(tier(found, ServiceTier.BATCH).at(10).of(TokenKind.INPUT)).isEqualTo(40);
    assertThat(tier(found, ServiceTier.PRIORITY).at(10).of(TokenKind.INPUT)).isEqualTo(150);
  }

  @Test
  void longPromptInATierThatAnOverrideNamesRisesWithBothAndDoesNotFall() {
    ModelPrice found =
        overRow(
            new PriceList(
                listed(100, 1_000),
                Map.of(),
                Map.of(
                    ServiceTier.FLEX, listed(50, 500), ServiceTier.PRIORITY, listed(120, 1_100))));

    assertThat(tier(found, ServiceTier.PRIORITY).at(11).of(TokenKind.INPUT)).isEqualTo(240);
    assertThat(tier(found, ServiceTier.PRIORITY).at(11).of(TokenKind.OUTPUT)).isEqualTo(1_650);
    assertThat(tier(found, ServiceTier.FLEX).at(11).of(TokenKind.INPUT)).isEqualTo(200);
  }

  @Test
  void audioThatAnOverrideNamesCountsExactlyEvenAtThePriceOfText() {
    var prices =
        new ListedPrices(
            Map.of(TokenKind.INPUT, 100L, TokenKind.OUTPUT, 1_000L, TokenKind.AUDIO_INPUT, 100L));

    ModelPrice found = overRow(PriceList.flat(prices));

    assertThat(found.standard().at(10).of(TokenKind.AUDIO_INPUT)).isEqualTo(100);
    assertThat(found.standard().at(11).of(TokenKind.AUDIO_INPUT)).isEqualTo(200);
  }

  /** Whatever stands in the table can be said in settings too, to the last digit. */
  @Test
  void overrideThatNamesAllThatARowDoesCostsExactlyWhatTheRowCosts() throws IOException {
    Map<String, ListedRow> rows = listedRows();

    assertThat(rows).hasSize(1_311);
    rows.forEach(
        (name, row) -> {
          assertThat(row.list().over(row.price(), row.billing()).standard())
              .as(name)
              .isEqualTo(row.price().standard());
          assertThat(row.list().over(row.price(), row.billing()).tiers())
              .as(name)
              .isEqualTo(row.price().tiers());
        });
  }

  @Test
  void tierThatHasNoPriceOfItsOwnAndStepBelowOneTokenAreRefused() {
    ListedPrices cheap = CHEAP;

    assertThatThrownBy(() -> new PriceList(cheap, Map.of(), Map.of(ServiceTier.ANY, cheap)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[ANY]");
    assertThatThrownBy(() -> new PriceList(cheap, Map.of(0L, cheap), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0 tokens");
  }

  /** A row of the bundled table as it is written, and what it costs. */
  private record ListedRow(PriceList list, ModelPrice price, CacheBilling billing) {}

  private static Map<String, ListedRow> listedRows() throws IOException {
    Map<String, ListedRow> rows = new HashMap<>();
    try (var json = BundledPrices.class.getResourceAsStream("model-prices.json");
        JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != JsonToken.FIELD_NAME || !parser.getText().equals("models")) {
        assertThat(parser.currentToken()).isNotNull();
      }
      parser.nextToken();
      for (String of = parser.nextFieldName(); of != null; of = parser.nextFieldName()) {
        parser.nextToken();
        for (String model = parser.nextFieldName(); model != null; model = parser.nextFieldName()) {
          CacheBilling billing = CacheBilling.of(of, model);
          PriceRow row = new PriceRow(parser);
          ModelPrice price = row.read(billing);
          rows.put(of + ":" + model, new ListedRow(row.list(), price, billing));
        }
      }
    }
    return rows;
  }

  private static ModelPrice overRow(PriceList prices) {
    return ROWS.withOverrides(List.of(override("acme", "*", prices)))
        .find("acme", "m")
        .orElseThrow();
  }

  private static RateSteps tier(ModelPrice price, ServiceTier tier) {
    return price.tiers().getOrDefault(tier, price.standard());
  }

  private static long write(PriceTable table, String provider, String model) {
    return table.find(provider, model).orElseThrow().standard().base().of(TokenKind.CACHE_WRITE_5M);
  }
}
