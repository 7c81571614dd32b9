package io.keyfront.core.money;

import static io.keyfront.core.money.Prices.bundled;
import static io.keyfront.core.money.Prices.exact;
import static io.keyfront.core.money.Prices.listed;
import static io.keyfront.core.money.Prices.override;
import static io.keyfront.core.money.Prices.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
  private static final PriceTable BUNDLED = BundledPrices.table();
  private static final ListedPrices CHEAP = listed(10, 20);
  private static final ListedPrices DEAR = listed(100_000_000, 200_000_000);

  @ParameterizedTest(name = "{0}:{1} is {2}:{3}")
  @CsvSource({
    "anthropic, claude-opus-5-20260701, anthropic, claude-opus-5",
    "anthropic, claude-opus-5-latest, anthropic, claude-opus-5",
    "openai, gpt-6-sol-2026-09-22, openai, gpt-6-sol",
    "openai, gpt-4o-audio-preview, openai, gpt-4o-audio-preview-2025-06-03",
    "openai, ft:gpt-4o-2024-08-06:acme:bot:id1, openai, ft:gpt-4o-2024-08-06",
    "mistral, codestral, mistral, codestral-latest",
    "gemini, models/gemini-2.5-pro, gemini, gemini-2.5-pro",
    "groq, openai/gpt-oss-120b, groq, gpt-oss-120b",
    "together, openai/gpt-oss-20b, together, gpt-oss-20b",
    "openrouter, anthropic/claude-opus-4.8, anthropic, claude-opus-4-8",
    "openrouter, openai/gpt-5-2025-08-07, openai, gpt-5-2025-08-07",
    "openrouter, google/gemini-2.5-flash, gemini, gemini-2.5-flash",
    "openrouter, x-ai/grok-4.7, xai, grok-4.7",
    "openrouter, google/gemma-4-31b-it:free, gemini, gemma-4-31b-it",
    "bedrock, us.anthropic.claude-sonnet-4-5, bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "bedrock, us.anthropic.claude-opus-5-v1:0, bedrock, us.anthropic.claude-opus-5",
    "bedrock, eu.anthropic.claude-opus-4-6-v1:0, bedrock, eu.anthropic.claude-opus-4-6-v1",
    "bedrock, anthropic.claude-sonnet-5-20260601-v1:0, bedrock, anthropic.claude-sonnet-5",
    "bedrock, global.anthropic.claude-opus-4-1-20250805-v1:0, bedrock, anthropic.claude-opus-4-1-20250805-v1:0",
    "bedrock, anthropic.claude-mythos-5, anthropic, claude-mythos-5",
    "vertex, claude-opus-5@20260701, vertex, claude-opus-5",
    "vertex, mistral-nemo, vertex, mistral-nemo@latest",
    "azure, eu/gpt-5.4-mini-2026-03-17, azure, eu/gpt-5.4-mini",
    "azure, global/gpt-5, azure, gpt-5",
  })
  void modelIsFoundUnderItsOtherName(
      String provider, String model, String rowProvider, String rowModel) {
    assertThat(BUNDLED.find(provider, model)).contains(exact(rowProvider, rowModel));
  }

  @ParameterizedTest(name = "{0}:{1}")
  @CsvSource({
    "openai, gpt-5-pro-max",
    "openai, gpt-5.6-sol-fast",
    "openai, gpt",
    "openai, claude-opus-5",
    "openai, ''",
    "anthropic, claude-opus-5-",
    "anthropic, claude-opus-5-1",
    "anthropic, claude-opus",
    "anthropic, -latest",
    "openrouter, claude-opus-5",
    "openrouter, anthropic/claude-opus",
    "openrouter, google/gemma-4-31b-it",
    "openrouter, openai/gpt-5:online",
    "openrouter, acme/gpt-5",
    "bedrock, ca.anthropic.claude-opus-5",
    "bedrock, jp.anthropic.claude-mythos-5",
    "azure, us-gov/gpt-6-sol",
    "vertex, claude-opus-5@other",
    "llama, gpt-5",
    "mock2, mock",
  })
  void nothingElseHasAPrice(String provider, String model) {
    assertThat(BUNDLED.find(provider, model)).isEmpty();
  }

  @Test
  void everyRowIsFoundByItsOwnName() {
    BundledPrices.rows()
        .forEach(
            (provider, rows) ->
                rows.byName()
                    .forEach(
                        (model, price) ->
                            assertThat(BUNDLED.find(provider, model))
                                .as(provider + ":" + model)
                                .containsSame(price)));
  }

  @Test
  void dateWithARowOfItsOwnHasItsOwnPrice() {
    assertThat(bundled("openai", "gpt-4o-2024-05-13")).isNotEqualTo(bundled("openai", "gpt-4o"));
    assertThat(bundled("openai", "gpt-5-pro")).isNotEqualTo(bundled("openai", "gpt-5"));
  }

  @Test
  void regionsOfBedrockHaveTheirOwnPrice() {
    assertThat(bundled("bedrock", "us.anthropic.claude-opus-5"))
        .isNotEqualTo(bundled("bedrock", "global.anthropic.claude-opus-5"));
  }

  @Test
  void callersCannotFillTheMemoryWithNames() {
    PriceTable table = BUNDLED.withOverrides(List.of(override("openai", "gpt-5*", CHEAP)));
    for (int name = 0; name < 3_000; name++) {
      table.find("openai", "gpt-5-" + name);
    }
    table.find("openai", "gpt-5" + "x".repeat(1_000));

    assertThat(table.remembered()).isEqualTo(1_000);
    assertThat(table.find("openai", "gpt-5-2999")).isEqualTo(table.find("openai", "gpt-5-0"));
  }

  @Test
  void mockIsFreeButForOneModel() {
    var million = Usage.of(1_000_000, 1_000_000);
    ModelPrice free = bundled("mock", "gpt-5");
    ModelPrice priced = bundled("mock", MockPrices.PRICED_MODEL);

    assertThat(Cost.nanoUsd(free, million, ServiceTier.ANY)).isZero();
    assertThat(Cost.nanoUsd(priced, million, ServiceTier.ANY)).isEqualTo(18_000_000_000L);
  }

  @Test
  void firstOverrideThatMatchesWins() {
    PriceTable table =
        BUNDLED.withOverrides(
            List.of(override("openai", "gpt-5*", CHEAP), override("openai", "*", DEAR)));

    assertThat(rates(table, "openai", "gpt-5").base()).isEqualTo(flat(CHEAP).standard().base());
    assertThat(rates(table, "openai", "o3").base()).isEqualTo(flat(DEAR).standard().base());
    assertThat(table.find("anthropic", "claude-opus-5"))
        .contains(bundled("anthropic", "claude-opus-5"));
  }

  @Test
  void fallbackPricesOnlyWhatHasNoOtherPrice() {
    var fallback = override(Optional.empty(), "*", PriceList.flat(DEAR), true);
    PriceTable table = BUNDLED.withOverrides(List.of(fallback, override("llama", "small", CHEAP)));

    assertThat(table.find("openai", "unheard-of")).contains(flat(DEAR));
    assertThat(table.find("llama", "large")).contains(flat(DEAR));
    assertThat(table.find("llama", "small")).contains(flat(CHEAP));
    assertThat(table.find("openai", "gpt-5")).contains(bundled("openai", "gpt-5"));
    assertThat(table.find("mock", "anything")).contains(bundled("mock", "anything"));
  }

  @Test
  void newestDateCountsForANameWithoutOne() {
    PriceTable table =
        table(
            """
            {
            "about": "a test",
            "models": {
            "acme": {
              "m-2025-01-02": {"input": 1, "output": 1},
              "m-20250901": {"input": 3, "output": 3},
              "m-2024-12-31": {"input": 2, "output": 2}
            }
            }}
            """);

    assertThat(table.find("acme", "m").orElseThrow().standard().base().of(TokenKind.INPUT))
        .isEqualTo(3_000_000);
    assertThat(table.find("acme", "m-2023-01-01")).isEmpty();
  }

  @Test
  void tablesAreEqualByTheirOverrides() {
    PriceTable one = BUNDLED.withOverrides(List.of(override("openai", "*", CHEAP)));
    PriceTable same = BUNDLED.withOverrides(List.of(override("openai", "*", CHEAP)));

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(BUNDLED);
  }

  private static RateSteps rates(PriceTable table, String provider, String model) {
    return table.find(provider, model).orElseThrow().standard();
  }

  private static ModelPrice flat(ListedPrices prices) {
    return ModelPrice.flat(prices, CacheBilling.AS_INPUT);
  }
}
