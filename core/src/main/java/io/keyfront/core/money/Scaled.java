package io.keyfront.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Prices made of other prices, exact and then rounded up to whole pico-USD. */
final class Scaled {
  private Scaled() {}

  static long up(long price, BigDecimal factor) {
    return factor
        .multiply(BigDecimal.valueOf(price))
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }

  /**
   * {@code price} x {@code to} / {@code from}, but never below {@code price}: a price that is not
   * listed is taken to rise with the one beside it, and not to fall.
   */
  static long rising(long price, long from, long to) {
    if (from == 0 || to <= from) {
      return price;
    }
    return BigDecimal.valueOf(price)
        .multiply(BigDecimal.valueOf(to))
        .divide(BigDecimal.valueOf(from), 0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }
}
