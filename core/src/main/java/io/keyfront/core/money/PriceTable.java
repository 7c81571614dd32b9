package io.keyfront.core.money;

import io.keyfront.core.provider.Provider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What models cost: overrides first, then rows by provider and model, then fallbacks. A model that
 * none of them names has no price. Immutable.
 */
public final class PriceTable {
  /** No price for anything but the mock. */
  public static final PriceTable EMPTY = new PriceTable(Map::of);

  /** Names come from callers; beyond so many each is looked up anew. */
  private static final int MOST_REMEMBERED = 1_000;

  private static final int LONGEST_REMEMBERED = 200;

  private final Supplier<Map<String, ModelRows>> rows;
  private final List<PriceOverride> overrides;
  private final List<Ready> ready;
  private final Map<Sold, Optional<ModelPrice>> remembered = new ConcurrentHashMap<>();

  private record Sold(String provider, String model) {}

  /** An override with what it costs alone worked out once. */
  private record Ready(PriceOverride override, Map<CacheBilling, ModelPrice> alone) {
    ModelPrice price(Optional<ModelPrice> row, CacheBilling billing) {
      return row.map(listed -> override.over(listed, billing))
          .orElseGet(() -> Objects.requireNonNull(alone.get(billing)));
    }
  }

  /**
   * @param rows provider to model to price; asked at each look-up, so it must always answer the
   *     same
   */
  PriceTable(Supplier<Map<String, ModelRows>> rows) {
    this(rows, List.of());
  }

  private PriceTable(Supplier<Map<String, ModelRows>> rows, List<PriceOverride> overrides) {
    this.rows = rows;
    this.overrides = List.copyOf(overrides);
    this.ready = overrides.stream().map(one -> new Ready(one, one.alone())).toList();
  }

  /** The same rows under other overrides; of those that match a model the first counts. */
  public PriceTable withOverrides(List<PriceOverride> others) {
    return new PriceTable(rows, others);
  }

  /** In order of precedence. */
  public List<PriceOverride> overrides() {
    return overrides;
  }

  /**
   * What a model costs. The mock's prices are fixed. A row is found by its exact name, else by
   * another name of the same model ({@link RowNames}), never by the beginning of a name.
   *
   * @param provider as in the catalog; {@code bedrock}, {@code vertex} and {@code azure} for models
   *     sold there
   * @param model as it is sent upstream
   */
  public Optional<ModelPrice> find(String provider, String model) {
    if (provider.equals(Provider.MOCK)) {
      return Optional.of(MockPrices.of(model));
    }
    Sold sold = new Sold(provider, model);
    Optional<ModelPrice> known = remembered.get(sold);
    if (known != null) {
      return known;
    }
    Optional<ModelPrice> found = lookUp(provider, model);
    if (remembered.size() < MOST_REMEMBERED && model.length() <= LONGEST_REMEMBERED) {
      remembered.put(sold, found);
    }
    return found;
  }

  private Optional<ModelPrice> lookUp(String provider, String model) {
    Optional<ModelPrice> row = row(provider, model);
    return override(provider, model, row, false)
        .or(() -> row)
        .or(() -> override(provider, model, row, true));
  }

  private Optional<ModelPrice> override(
      String provider, String model, Optional<ModelPrice> row, boolean fallback) {
    for (Ready one : ready) {
      if (one.override().fallback() == fallback && one.override().isFor(provider, model)) {
        return Optional.of(one.price(row, CacheBilling.of(provider, model)));
      }
    }
    return Optional.empty();
  }

  private Optional<ModelPrice> row(String provider, String model) {
    Map<String, ModelRows> all = rows.get();
    return RowNames.find(provider, model, vendor -> all.getOrDefault(vendor, ModelRows.NONE));
  }

  /** For tests: how many look-ups are remembered. */
  int remembered() {
    return remembered.size();
  }

  /** Equal when the rows come from the same place and the overrides are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PriceTable table
        && rows.equals(table.rows)
        && overrides.equals(table.overrides);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rows, overrides);
  }

  @Override
  public String toString() {
    return "PriceTable" + overrides;
  }
}
