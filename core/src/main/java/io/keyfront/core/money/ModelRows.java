package io.keyfront.core.money;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One provider's rows, found by the model's name or by the same name with another date: a date that
 * has no row of its own counts as the undated model, {@code -latest} as the undated one or else the
 * newest, and a name without a date as the newest of its dated rows, or else {@code -latest}. A row
 * is read when it is first asked for, and always is the same.
 */
final class ModelRows {
  static final ModelRows NONE = new ModelRows("", Map.of());

  /** {@code -20250929} or {@code -2025-08-07}, where Bedrock adds its version. */
  private static final Pattern DATED =
      Pattern.compile("(.+)-(20\\d{2})(-?)(\\d{2})\\3(\\d{2})(-v\\d+(:\\d+)?)?");

  private static final String LATEST = "-latest";

  private final String provider;
  private final Map<String, String> json;
  private final Map<String, ModelPrice> read = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, String> newest;
  private volatile @Nullable OptionalLong dearestSearch;

  /**
   * @param json model to its row
   */
  ModelRows(String provider, Map<String, String> json) {
    this.provider = provider;
    this.json = Map.copyOf(json);
  }

  int size() {
    return json.size();
  }

  /** Every row, read. */
  Map<String, ModelPrice> byName() {
    return json.keySet().stream()
        .collect(Collectors.toUnmodifiableMap(name -> name, name -> exact(name).orElseThrow()));
  }

  /** By this very name. */
  Optional<ModelPrice> exact(String name) {
    ModelPrice known = read.get(name);
    if (known != null || !json.containsKey(name)) {
      return Optional.ofNullable(known);
    }
    return Optional.of(read.computeIfAbsent(name, this::withSearch));
  }

  /**
   * A row that does not say what a search costs takes the dearest of its provider: a search that is
   * not listed is not free.
   */
  private ModelPrice withSearch(String name) {
    ModelPrice price = row(name);
    return price.webSearch().isPresent()
        ? price
        : price.withCalls(dearestSearch(), price.perRequest());
  }

  private OptionalLong dearestSearch() {
    OptionalLong known = dearestSearch;
    if (known == null) {
      known =
          json.entrySet().stream()
              .filter(row -> row.getValue().contains(PriceRow.WEB_SEARCH))
              .flatMapToLong(row -> row(row.getKey()).webSearch().stream())
              .max();
      dearestSearch = known;
    }
    return known;
  }

  private ModelPrice row(String name) {
    return PriceRows.row(provider, name, json.getOrDefault(name, ""));
  }

  /** By this name or the same with another date. */
  Optional<ModelPrice> find(String name) {
    return exact(name).or(() -> byAnotherDate(name));
  }

  private Optional<ModelPrice> byAnotherDate(String name) {
    if (name.endsWith(LATEST)) {
      String undated = name.substring(0, name.length() - LATEST.length());
      return exact(undated).or(() -> newestOf(undated));
    }
    Matcher dated = DATED.matcher(name);
    return dated.matches() ? exact(dated.group(1)) : newestOf(name).or(() -> exact(name + LATEST));
  }

  private Optional<ModelPrice> newestOf(String undated) {
    Map<String, String> known = newest;
    if (known == null) {
      known = newestByUndated();
      newest = known;
    }
    String name = known.get(undated);
    return name == null ? Optional.empty() : exact(name);
  }

  private Map<String, String> newestByUndated() {
    Map<String, String> dates = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    for (String name : json.keySet()) {
      Matcher dated = DATED.matcher(name);
      if (dated.matches()) {
        String date = dated.group(2) + dated.group(4) + dated.group(5);
        if (date.compareTo(dates.getOrDefault(dated.group(1), "")) > 0) {
          dates.put(dated.group(1), date);
          names.put(dated.group(1), name);
        }
      }
    }
    return Map.copyOf(names);
  }
}
