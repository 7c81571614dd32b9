package io.keyfront.core.money;

import io.keyfront.core.scope.Glob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Prices and usage for tests. */
final class Prices {
  private Prices() {}

  /** The price that a row of JSON means, of a vendor that bills cache writes as input. */
  static ModelPrice row(String json) {
    return PriceRows.row("acme", "one", json);
  }

  static PriceTable table(String json) {
    try {
      Map<String, ModelRows> rows = PriceRows.read(json);
      return new PriceTable(() -> rows);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static ModelPrice bundled(String provider, String model) {
    return BundledPrices.table().find(provider, model).orElseThrow();
  }

  static Usage cached(long input, long read, long write5m, long write1h, long output) {
    return new Usage(input, read, write5m, write1h, output, 0, 0, 0, 0, Optional.empty());
  }

  static Usage said(String usd) {
    return new Usage(1, 0, 0, 0, 1, 0, 0, 0, 0, Optional.of(new BigDecimal(usd)));
  }

  static ModelPrice exact(String provider, String model) {
    return BundledPrices.rows().getOrDefault(provider, ModelRows.NONE).exact(model).orElseThrow();
  }

  static ListedPrices listed(long input, long output) {
    return new ListedPrices(Map.of(TokenKind.INPUT, input, TokenKind.OUTPUT, output));
  }

  static PriceOverride override(String provider, String glob, ListedPrices prices) {
    return override(provider, glob, PriceList.flat(prices));
  }

  static PriceOverride override(String provider, String glob, PriceList prices) {
    return override(Optional.of(provider), glob, prices, false);
  }

  static PriceOverride override(
      Optional<String> provider, String glob, PriceList prices, boolean fallback) {
    return new PriceOverride(
        provider,
        Glob.of(glob),
        prices,
        OptionalLong.empty(),
        0,
        OptionalInt.empty(),
        OptionalInt.empty(),
        fallback);
  }
}
