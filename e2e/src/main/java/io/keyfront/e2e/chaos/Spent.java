package io.keyfront.e2e.chaos;

/**
 * An amount of both things that budgets count.
 *
 * @param picoUsd 10^-12 USD, in which prices of a token are whole
 * @param tokens input and output
 */
record Spent(long picoUsd, long tokens) {
  static final Spent NOTHING = new Spent(0, 0);

  private static final long PICO_A_NANO = 1_000;

  static Spent ofNano(long nanoUsd, long tokens) {
    return new Spent(Math.multiplyExact(nanoUsd, PICO_A_NANO), tokens);
  }

  Spent plus(Spent other) {
    return new Spent(Math.addExact(picoUsd, other.picoUsd), Math.addExact(tokens, other.tokens));
  }

  Spent minus(Spent other) {
    return new Spent(
        Math.subtractExact(picoUsd, other.picoUsd), Math.subtractExact(tokens, other.tokens));
  }

  boolean covers(Spent other) {
    return picoUsd >= other.picoUsd && tokens >= other.tokens;
  }

  boolean isNothing() {
    return equals(NOTHING);
  }

  /** USD with six digits behind the point, rounded up. */
  String usd() {
    long micro = Math.ceilDiv(picoUsd, 1_000_000L);
    return "%d.%06d".formatted(micro / 1_000_000, micro % 1_000_000);
  }
}
