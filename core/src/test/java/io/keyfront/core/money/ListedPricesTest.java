package io.keyfront.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedPricesTest {
  private static final ListedPrices PLAIN =
      new ListedPrices(Map.of(TokenKind.INPUT, 101L, TokenKind.OUTPUT, 500L));

  @Test
  void kindsThatAreNotListedCostThePlainPriceOfTheirSide() {
    Rates rates = PLAIN.rates(CacheBilling.AS_INPUT);

    for (TokenKind kind : TokenKind.values()) {
      assertThat(rates.of(kind)).as(kind.name()).isEqualTo(kind.isInput() ? 101 : 500);
    }
  }

  @Test
  void claudesCacheWritesThatAreNotListedCostAnthropicsMultiples() {
    Rates rates = PLAIN.rates(CacheBilling.ANTHROPIC);

    assertThat(rates.of(TokenKind.CACHE_WRITE_5M)).isEqualTo(127);
    assertThat(rates.of(TokenKind.CACHE_WRITE_1H)).isEqualTo(202);
  }

  @Test
  void cacheWriteListedBelowInputCostsInput() {
    var listed = new ListedPrices(Map.of(TokenKind.INPUT, 100L, TokenKind.CACHE_WRITE_5M, 0L));

    assertThat(listed.rates(CacheBilling.AS_INPUT).of(TokenKind.CACHE_WRITE_5M)).isEqualTo(100);
  }

  @Test
  void hoursWriteCostsAtLeastWhatAShortOneDoes() {
    var listed = new ListedPrices(Map.of(TokenKind.INPUT, 100L, TokenKind.CACHE_WRITE_5M, 130L));

    assertThat(listed.rates(CacheBilling.AS_INPUT).of(TokenKind.CACHE_WRITE_1H)).isEqualTo(130);
  }

  @Test
  void kindThatCostsThePlainPriceFollowsItInACheaperTier() {
    var row =
        new ListedPrices(
            Map.of(TokenKind.INPUT, 100L, TokenKind.OUTPUT, 500L, TokenKind.REASONING, 500L));
    var flex = new ListedPrices(Map.of(TokenKind.INPUT, 50L, TokenKind.OUTPUT, 250L));

    Rates rates = flex.over(row).rates(CacheBilling.AS_INPUT);

    assertThat(rates.of(TokenKind.REASONING)).isEqualTo(250);
  }

  @Test
  void negativePriceIsRefused() {
    assertThatThrownBy(() -> new ListedPrices(Map.of(TokenKind.INPUT, -1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The price of INPUT is -1: give 0 or more.");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000000",
    "0.05, 50000",
    "0.000001, 1",
    "0.000000001, 1",
    "2.5000001, 2500001"
  })
  void usdPerMillionIsWholePicoUsdPerTokenRoundedUp(BigDecimal usd, long pico) {
    assertThat(PicoUsd.perToken(usd)).isEqualTo(pico);
  }

  @ParameterizedTest
  @CsvSource({"-0.01", "1000000.01"})
  void priceOutOfRangeIsRefused(BigDecimal usd) {
    assertThatThrownBy(() -> PicoUsd.perToken(usd)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PicoUsd.perCall(usd)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, whatever, ANTHROPIC",
    "bedrock, us.anthropic.claude-opus-5, ANTHROPIC",
    "vertex, claude-opus-5, ANTHROPIC",
    "openai, gpt-5, AS_INPUT",
  })
  void claudeIsBilledInAnthropicsWayWhereverItIsSold(
      String provider, String model, CacheBilling billing) {
    assertThat(CacheBilling.of(provider, model)).isEqualTo(billing);
  }
}
