package io.keyfront.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Prices as whole pico-USD (10^-12 USD): what a token costs when a million of them cost 0.000001
 * USD. Sums stop at the largest long instead of wrapping, as counts of tokens are a provider's
 * word.
 */
public final class PicoUsd {
  /** The dearest price there may be: one USD for a token, a million for a call. */
  public static final BigDecimal USD_MAX = BigDecimal.valueOf(1_000_000);

  static final long PER_NANO = 1_000;

  private static final int TOKEN_DIGITS = 6;
  private static final int CALL_DIGITS = 12;

  private PicoUsd() {}

  /**
   * The price of one token in pico-USD, rounded up.
   *
   * @param usdPerMillion USD per million tokens, 0 to {@link #USD_MAX}
   * @throws IllegalArgumentException when it is out of range
   */
  public static long perToken(BigDecimal usdPerMillion) {
    return pico(usdPerMillion, TOKEN_DIGITS);
  }

  /**
   * The price of one call in pico-USD, rounded up.
   *
   * @param usd 0 to {@link #USD_MAX}
   * @throws IllegalArgumentException when it is out of range
   */
  public static long perCall(BigDecimal usd) {
    return pico(usd, CALL_DIGITS);
  }

  private static long pico(BigDecimal usd, int digits) {
    if (usd.signum() < 0 || usd.compareTo(USD_MAX) > 0) {
      throw new IllegalArgumentException(
          "A price of " + usd + " USD is out of range: give one from 0 to " + USD_MAX + ".");
    }
    return usd.movePointRight(digits).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /** Neither may be negative. */
  static long plus(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  /** A negative count is 0; the price may not be negative. */
  static long times(long count, long price) {
    if (count <= 0 || price == 0) {
      return 0;
    }
    return count > Long.MAX_VALUE / price ? Long.MAX_VALUE : count * price;
  }
}
