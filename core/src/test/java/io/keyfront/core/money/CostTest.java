package io.keyfront.core.money;

import static io.keyfront.core.money.Prices.bundled;
import static io.keyfront.core.money.Prices.cached;
import static io.keyfront.core.money.Prices.row;
import static io.keyfront.core.money.Prices.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
  private static final ModelPrice TIERED =
      row(
          """
          {"input": 2, "output": 10, "cacheRead": 0.2,
           "longContext": [{"aboveInputTokens": 1000, "input": 4, "output": 15}],
           "serviceTiers": {"priority": {"input": 4, "output": 20}, "flex": {"input": 1, "output": 5}}}
          """);

  @Test
  void eachKindOfTokenCostsItsOwnPrice() {
    ModelPrice sonnet = bundled("anthropic", "claude-sonnet-4-5");

    // 3, 0.30, 3.75, 6 and 15 USD per million.
    assertThat(nano(sonnet, cached(1_000, 1_000, 1_000, 1_000, 1_000)))
        .isEqualTo(3_000_000 + 300_000 + 3_750_000 + 6_000_000 + 15_000_000);
  }

  @Test
  void amountIsRoundedUpOnceAndNotForEachKind() {
    ModelPrice price = row("{\"input\": 0.0004, \"output\": 0.0004}");

    assertThat(nano(price, Usage.of(1, 1))).isEqualTo(1);
    assertThat(nano(price, Usage.of(1, 2))).isEqualTo(2);
    assertThat(nano(price, Usage.NONE)).isZero();
  }

  @Test
  void reasoningAndAudioArePartsOfTheirSide() {
    ModelPrice price =
        row(
            "{\"input\": 1, \"output\": 10, \"reasoning\": 20, \"audioInput\": 5, \"audioOutput\": 50}");
    var usage = new Usage(100, 0, 0, 0, 100, 30, 40, 20, 0, Optional.empty());

    assertThat(nano(price, usage))
        .isEqualTo(60 * 1_000 + 40 * 5_000 + 50 * 10_000 + 30 * 20_000 + 20 * 50_000);
  }

  @Test
  void partThatClaimsToBeLargerThanItsWholeIsStillCharged() {
    ModelPrice price = row("{\"input\": 1, \"output\": 10, \"reasoning\": 20}");
    var usage = new Usage(0, 0, 0, 0, 5, 8, 0, 0, 0, Optional.empty());

    assertThat(nano(price, usage)).isEqualTo(8 * 20_000);
  }

  @Test
  void tokensThatMayBeImagesCostTheDearerPrice() {
    ModelPrice price =
        row("{\"input\": 1, \"output\": 0, \"imageInput\": 4, \"kind\": \"embedding\"}");

    assertThat(nano(price, Usage.of(10, 0))).isEqualTo(40_000);
  }

  @ParameterizedTest(name = "{0} input, {1} cached")
  @CsvSource({"1000, 0, 2000000", "1001, 0, 4004000", "1, 1000, 404000", "1000, 1, 4000400"})
  void promptAboveAStepIsChargedWholeAtThatStep(long input, long cacheRead, long expected) {
    assertThat(nano(TIERED, cached(input, cacheRead, 0, 0, 0))).isEqualTo(expected);
  }

  @Test
  void highestStepThatIsPassedCounts() {
    ModelPrice price =
        row(
            """
            {"input": 1, "output": 1, "longContext": [
              {"aboveInputTokens": 200, "input": 3}, {"aboveInputTokens": 100, "input": 2}]}
            """);

    assertThat(nano(price, Usage.of(100, 0))).isEqualTo(100_000);
    assertThat(nano(price, Usage.of(200, 0))).isEqualTo(400_000);
    assertThat(nano(price, Usage.of(201, 0))).isEqualTo(603_000);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD, 12000", "PRIORITY, 24000", "FLEX, 6000", "BATCH, 12000", "ANY, 24000"})
  void serviceTierThatAnsweredIsCharged(ServiceTier tier, long expected) {
    assertThat(Cost.nanoUsd(TIERED, Usage.of(1, 1), tier)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD, 4000000", "PRIORITY, 8000000", "FLEX, 4000000"})
  void longContextRisesWithADearerTierAndDoesNotFallWithACheaperOne(
      ServiceTier tier, long thousand) {
    long more = thousand / 1_000;

    assertThat(Cost.nanoUsd(TIERED, Usage.of(1_001, 0), tier)).isEqualTo(thousand + more);
  }

  @Test
  void priceThatATierLeavesOutRisesWithItsSide() {
    assertThat(Cost.nanoUsd(TIERED, cached(0, 10, 0, 0, 0), ServiceTier.PRIORITY)).isEqualTo(4_000);
    assertThat(Cost.nanoUsd(TIERED, cached(0, 10, 0, 0, 0), ServiceTier.FLEX)).isEqualTo(2_000);
  }

  @Test
  void searchesAndRequestsCostOnTop() {
    ModelPrice price =
        row("{\"input\": 0, \"output\": 0, \"webSearchPerCall\": 0.01, \"perRequest\": 0.005}");
    var usage = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 3, Optional.empty());

    assertThat(nano(price, usage)).isEqualTo(35_000_000);
    assertThat(Cost.ceiling(price, new CallBound(0, 0, 3), ServiceTier.STANDARD))
        .isEqualTo(35_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.00000150, 1500",
    "0.0000000011, 2",
    "1e-99999999, 1",
    "1e99999999, 9000000000000000",
    "9000000.000000001, 9000000000000000",
    "-1, 12000",
  })
  void whatTheProviderSaysItCostCounts(String usd, long expected) {
    assertThat(nano(TIERED, said(usd))).isEqualTo(expected);
  }

  @Test
  void nonsenseOfAProviderCostsTheMostAndNeverWraps() {
    var much = cached(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1, Long.MAX_VALUE);
    var negative = cached(-5, Long.MIN_VALUE, -1, -1, -7);

    assertThat(nano(TIERED, much)).isEqualTo(Cost.MOST);
    assertThat(nano(TIERED, negative)).isZero();
  }

  @Test
  void ceilingTakesTheDearestOfWhatACacheMayDo() {
    ModelPrice sonnet = bundled("anthropic", "claude-sonnet-4-5");

    assertThat(Cost.ceiling(sonnet, new CallBound(100, 10, 0), ServiceTier.STANDARD))
        .isEqualTo(100 * 6_000 + 10 * 15_000);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD, 12000", "PRIORITY, 24000", "FLEX, 12000", "BATCH, 12000", "ANY, 24000"})
  void ceilingAllowsForFallingBackToTheStandardTier(ServiceTier requested, long expected) {
    assertThat(Cost.ceiling(TIERED, new CallBound(1, 1, 0), requested)).isEqualTo(expected);
  }

  @Test
  void ceilingCountsALowerStepThatIsDearer() {
    ModelPrice odd =
        row(
            "{\"input\": 9, \"output\": 0, \"longContext\": [{\"aboveInputTokens\": 10, \"input\": 1}]}");

    assertThat(Cost.ceiling(odd, new CallBound(11, 0, 0), ServiceTier.STANDARD)).isEqualTo(99_000);
  }

  @Test
  void boundBelowZeroIsRefused() {
    assertThatThrownBy(() -> new CallBound(-1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give 0 or more");
  }

  private static long nano(ModelPrice price, Usage usage) {
    return Cost.nanoUsd(price, usage, ServiceTier.STANDARD);
  }
}
