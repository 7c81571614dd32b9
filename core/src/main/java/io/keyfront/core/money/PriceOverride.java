package io.keyfront.core.money;

import io.keyfront.core.scope.Glob;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A price that settings name. Where the table has a row for the model, it rises for the long
 * prompts, service tiers, audio and images that it does not name itself as the row does; it never
 * falls. Without a row it is the whole price.
 *
 * @param provider whose models; absent for all
 * @param model which of them
 * @param prices what a token costs; a cache write that is not listed is billed as the model's
 *     vendor bills it
 * @param webSearch pico-USD for each call of the provider's search tool; absent keeps the table's
 * @param perRequest pico-USD for each request
 * @param contextWindow in tokens; absent keeps the table's
 * @param maxOutput in tokens; absent keeps the table's
 * @param fallback whether it counts only where the table has no price and no other override does
 */
public record PriceOverride(
    Optional<String> provider,
    Glob model,
    PriceList prices,
    OptionalLong webSearch,
    long perRequest,
    OptionalInt contextWindow,
    OptionalInt maxOutput,
    boolean fallback) {

  /** The whole price where no row is, under each vendor's way to bill cache writes. */
  Map<CacheBilling, ModelPrice> alone() {
    return Map.of(
        CacheBilling.ANTHROPIC, alone(CacheBilling.ANTHROPIC),
        CacheBilling.AS_INPUT, alone(CacheBilling.AS_INPUT));
  }

  private ModelPrice alone(CacheBilling billing) {
    return withOwn(prices.price(ModelPrice.Kind.CHAT, billing));
  }

  /** The price of a model that has a row. */
  ModelPrice over(ModelPrice row, CacheBilling billing) {
    return withOwn(prices.over(row, billing)).orAsIn(row);
  }

  private ModelPrice withOwn(ModelPrice price) {
    return price.withCalls(webSearch, perRequest).withLimits(contextWindow, maxOutput);
  }

  boolean isFor(String providerName, String modelName) {
    return provider.map(providerName::equals).orElse(true) && model.matches(modelName);
  }
}
