package io.keyfront.core.money;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

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
}
