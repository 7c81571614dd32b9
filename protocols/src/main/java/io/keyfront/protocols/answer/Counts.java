package io.keyfront.protocols.answer;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as providers write them, made safe to add up. */
final class Counts {
  /**
   * The largest count that is believed. Far above any real call, and small enough that sums of
   * counts and their prices stay within a long.
   */
  static final long MOST = 1_000_000_000_000L;

  /** Digits that are always within a long. */
  static final int SAFE_DIGITS = 18;

  /** Longest number that a cost is read from, and its largest scale or size in digits. */
  private static final int COST_DIGITS = 40;

  private Counts() {}

  /** A number of tokens: a fraction counts up, too large is {@link #MOST}, negative is 0. */
  static long of(String number) {
    try {
      double value = Math.ceil(Double.parseDouble(number));
      return (long) Math.clamp(value, 0, MOST);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** An amount of money; empty when it is negative or no sensible number. */
  static Optional<BigDecimal> cost(String number) {
    if (number.length() > COST_DIGITS) {
      return Optional.empty();
    }
    try {
      BigDecimal cost = new BigDecimal(number);
      long digitsBefore = (long) cost.precision() - cost.scale();
      boolean sensible =
          cost.signum() >= 0 && cost.scale() <= COST_DIGITS && digitsBefore <= SAFE_DIGITS;
      return sensible ? Optional.of(cost) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
