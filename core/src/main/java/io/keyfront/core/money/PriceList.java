package io.keyfront.core.money;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tokens of a model cost, as a list names it: the prices of short prompts in the standard
 * tier, and what changes for long prompts and in service tiers. What a step or a tier leaves out
 * rises with the plain price of its side, and does not fall with it.
 *
 * @param standard short prompts in the standard tier
 * @param longContext prompts of more tokens than the key, which is 1 and up
 * @param tiers service tiers that have a price of their own: priority, flex, batch
 */
public record PriceList(
    ListedPrices standard,
    Map<Long, ListedPrices> longContext,
    Map<ServiceTier, ListedPrices> tiers) {
  private static final Set<ServiceTier> PRICED =
      Set.of(ServiceTier.PRIORITY, ServiceTier.FLEX, ServiceTier.BATCH);

  /**
   * @throws IllegalArgumentException when a threshold is below 1, or a tier is none that can have a
   *     price of its own
   */
  public PriceList {
    for (long above : longContext.keySet()) {
      if (above < 1) {
        throw new IllegalArgumentException(
            "A long context above " + above + " tokens is none: give 1 or more.");
      }
    }
    if (!PRICED.containsAll(tiers.keySet())) {
      throw new IllegalArgumentException(
          "Service tiers " + tiers.keySet() + " are priced: give some of " + PRICED + ".");
    }
    longContext = Map.copyOf(longContext);
    tiers = Map.copyOf(tiers);
  }

  /** The same prices for every prompt and tier. */
  public static PriceList flat(ListedPrices prices) {
    return new PriceList(prices, Map.of(), Map.of());
  }

  /** The whole price of a model, with nothing per call and unknown limits. */
  ModelPrice price(ModelPrice.Kind kind, CacheBilling billing) {
    Rates base = standard.rates(billing);
    RateSteps steps = steps(standard, billing);
    return price(kind, steps, tiers(standard, base, steps, billing));
  }

  /**
   * These prices of a model that has a row in the table. What they name counts exactly. Long
   * prompts, service tiers, audio and images that they do not name are as much dearer as the row's
   * are, and never cheaper, so that nobody is charged less for what costs more.
   */
  ModelPrice over(ModelPrice row, CacheBilling billing) {
    Rates listed = row.standard().base();
    ListedPrices whole = standard.withMediaOf(listed);
    Rates base = whole.rates(billing);
    RateSteps steps =
        longContext.isEmpty()
            ? row.standard().eachStep(base, step -> base.risen(listed, step))
            : steps(whole, billing);
    Map<ServiceTier, RateSteps> each = new EnumMap<>(ServiceTier.class);
    row.tiers()
        .forEach(
            (tier, rates) -> each.put(tier, tier(base, steps, base.risen(listed, rates.base()))));
    each.putAll(tiers(whole, base, steps, billing));
    return price(row.kind(), steps, each);
  }

  private RateSteps steps(ListedPrices over, CacheBilling billing) {
    return new RateSteps(
        over.rates(billing),
        longContext.entrySet().stream()
            .map(
                step ->
                    new RateSteps.Step(step.getKey(), step.getValue().over(over).rates(billing)))
            .toList());
  }

  private Map<ServiceTier, RateSteps> tiers(
      ListedPrices over, Rates base, RateSteps steps, CacheBilling billing) {
    return tiers.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                tier -> tier(base, steps, tier.getValue().over(over).rates(billing))));
  }

  /**
   * A long-context price within a service tier is not listed anywhere; it is the long-context
   * price, risen by as much as the tier is dearer than the standard price.
   */
  private static RateSteps tier(Rates base, RateSteps steps, Rates rates) {
    return steps.eachStep(rates, step -> step.within(rates, base));
  }

  private static ModelPrice price(
      ModelPrice.Kind kind, RateSteps standard, Map<ServiceTier, RateSteps> tiers) {
    return new ModelPrice(
        kind, standard, tiers, OptionalLong.empty(), 0, OptionalInt.empty(), OptionalInt.empty());
  }
}
