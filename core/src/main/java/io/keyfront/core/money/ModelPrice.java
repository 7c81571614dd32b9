package io.keyfront.core.money;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a model costs and how large its calls can be.
 *
 * @param kind what it makes; absent limits of a chat model are {@link #DEFAULT_CONTEXT_WINDOW} and
 *     {@link #DEFAULT_MAX_OUTPUT}
 * @param standard the price by the length of the prompt
 * @param tiers the same for service tiers that have a price of their own
 * @param webSearch pico-USD for each call of the provider's search tool; absent is free
 * @param perRequest pico-USD for each request, whatever it holds
 * @param contextWindow most tokens of prompt and answer together, 1 and up; absent when unknown
 * @param maxOutput most tokens of an answer, 1 and up; absent when unknown
 */
public record ModelPrice(
    Kind kind,
    RateSteps standard,
    Map<ServiceTier, RateSteps> tiers,
    OptionalLong webSearch,
    long perRequest,
    OptionalInt contextWindow,
    OptionalInt maxOutput) {
  /** The window that a model of unknown window is taken to have, in tokens. */
  public static final int DEFAULT_CONTEXT_WINDOW = 1_000_000;

  /** The answer that a model of unknown maximum is taken to give, in tokens. */
  public static final int DEFAULT_MAX_OUTPUT = 65_536;

  /** What a model makes. */
  public enum Kind {
    CHAT,
    EMBEDDING
  }

  public ModelPrice {
    tiers = Map.copyOf(tiers);
  }

  /** The same price for every prompt and tier, nothing per call, and unknown limits. */
  public static ModelPrice flat(ListedPrices prices, CacheBilling billing) {
    return PriceList.flat(prices).price(Kind.CHAT, billing);
  }

  /** The same with prices per call, in pico-USD. */
  public ModelPrice withCalls(OptionalLong webSearchPico, long perRequestPico) {
    return new ModelPrice(
        kind, standard, tiers, webSearchPico, perRequestPico, contextWindow, maxOutput);
  }

  /** The same with other limits, in tokens. */
  public ModelPrice withLimits(OptionalInt window, OptionalInt most) {
    return new ModelPrice(kind, standard, tiers, webSearch, perRequest, window, most);
  }

  /** The same, with another's search price and limits where it has none of its own. */
  ModelPrice orAsIn(ModelPrice other) {
    return withCalls(webSearch.isPresent() ? webSearch : other.webSearch, perRequest)
        .withLimits(
            contextWindow.isPresent() ? contextWindow : other.contextWindow,
            maxOutput.isPresent() ? maxOutput : other.maxOutput);
  }

  /** The window that bounds a prompt, in tokens. */
  public int contextWindowOrDefault() {
    return contextWindow.orElse(DEFAULT_CONTEXT_WINDOW);
  }

  /** The most tokens of an answer; an embedding has none. */
  public int maxOutputOrDefault() {
    return maxOutput.orElse(kind == Kind.EMBEDDING ? 0 : DEFAULT_MAX_OUTPUT);
  }

  /** Whether no token costs anything. */
  boolean isFree() {
    return everyTier().stream()
        .flatMap(steps -> steps.upTo(Long.MAX_VALUE).stream())
        .allMatch(rates -> rates.dearestInput() == 0 && rates.dearestOutput() == 0);
  }

  /** The price lists that a call billed in a tier may be charged by: one, but for {@code ANY}. */
  List<RateSteps> billedIn(ServiceTier tier) {
    return tier == ServiceTier.ANY ? everyTier() : List.of(tiers.getOrDefault(tier, standard));
  }

  /** The price lists that a call asking for a tier may be charged by: it may always fall back. */
  List<RateSteps> asking(ServiceTier tier) {
    if (tier == ServiceTier.ANY) {
      return everyTier();
    }
    RateSteps asked = tiers.get(tier);
    return asked == null ? List.of(standard) : List.of(standard, asked);
  }

  private List<RateSteps> everyTier() {
    List<RateSteps> all = new ArrayList<>(tiers.values());
    all.add(standard);
    return all;
  }
}
