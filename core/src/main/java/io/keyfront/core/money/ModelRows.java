package io.keyfront.core.money;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One provider's rows, found by the model's name or by the same name with another date: a date that
 * has no row of its own counts as the undated model, {@code -latest} as the undated one or else the
 * newest, and a name without a date as the newest of its dated rows, or else {@code -latest}.
 */
final class ModelRows {
  static final ModelRows NONE = new ModelRows(Map.of());

  /** {@code -20250929} or {@code -2025-08-07}, where Bedrock adds its version. */
  private static final Pattern DATED =
      Pattern.compile("(.+)-(20\\d{2})(-?)(\\d{2})\\3(\\d{2})(-v\\d+(:\\d+)?)?");

  private static final String LATEST = "-latest";

  private final Map<String, ModelPrice> exact;
  private final Map<String, String> newest = new HashMap<>();

  ModelRows(Map<String, ModelPrice> exact) {
    this.exact = Map.copyOf(exact);
    Map<String, String> dates = new HashMap<>();
    for (String name : exact.keySet()) {
      Matcher dated = DATED.matcher(name);
      if (dated.matches()) {
        String date = dated.group(2) + dated.group(4) + dated.group(5);
        if (date.compareTo(dates.getOrDefault(dated.group(1), "")) > 0) {
          dates.put(dated.group(1), date);
          newest.put(dated.group(1), name);
        }
      }
    }
  }

  int size() {
    return exact.size();
  }

  Map<String, ModelPrice> byName() {
    return exact;
  }

  /** By this very name. */
  Optional<ModelPrice> exact(String name) {
    return Optional.ofNullable(exact.get(name));
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
    String name = newest.get(undated);
    return name == null ? Optional.empty() : exact(name);
  }
}
