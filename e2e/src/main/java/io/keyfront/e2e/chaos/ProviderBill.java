package io.keyfront.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the provider charges, worked out from its own counts with the prices of this play, by
 * arithmetic that the product has no part in.
 *
 * @param byModel what each model's calls come to
 * @param callsByModel how many there were
 * @param openStreams calls that the provider still serves
 */
record ProviderBill(Map<String, Spent> byModel, Map<String, Long> callsByModel, int openStreams) {
  /** Pico-USD a token; {@link Stage} writes the same into the settings, in USD a million. */
  private static final Map<String, Long> PICO =
      Map.of(
          "input", 2_000_000L,
          "cacheRead", 200_000L,
          "cacheWrite5m", 2_500_000L,
          "cacheWrite1h", 4_000_000L,
          "output", 10_000_000L);

  static ProviderBill read(JsonNode totals) {
    Map<String, Spent> byModel = new TreeMap<>();
    totals
        .path("byModel")
        .properties()
        .forEach(model -> byModel.put(model.getKey(), cost(model.getValue())));
    Map<String, Long> calls = new TreeMap<>();
    totals
        .path("callsByModel")
        .properties()
        .forEach(model -> calls.put(model.getKey(), model.getValue().asLong()));
    return new ProviderBill(byModel, calls, totals.path("openStreams").asInt());
  }

  /** Reasoning is a part of output. */
  private static Spent cost(JsonNode counts) {
    Spent sum = Spent.NOTHING;
    for (Map.Entry<String, Long> price : PICO.entrySet()) {
      long tokens = counts.path(price.getKey()).longValue();
      sum = sum.plus(new Spent(Math.multiplyExact(tokens, price.getValue()), tokens));
    }
    return sum;
  }

  /** What the calls of one token come to. */
  Spent of(Purse purse) {
    return byModel.entrySet().stream()
        .filter(model -> isOf(purse, model.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Spent.NOTHING, Spent::plus);
  }

  /** How many calls of one token were billed. */
  long callsOf(Purse purse) {
    return callsByModel.entrySet().stream()
        .filter(model -> isOf(purse, model.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static boolean isOf(Purse purse, String model) {
    return model.startsWith(purse.name() + "-model-");
  }

  Spent total() {
    return byModel.values().stream().reduce(Spent.NOTHING, Spent::plus);
  }
}
