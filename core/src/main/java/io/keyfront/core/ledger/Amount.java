package io.keyfront.core.ledger;

/**
 * What a call may use, or used: money and tokens, never negative.
 *
 * @param nanoUsd billionths of a USD, rounded up per call
 * @param tokens input and output
 */
public record Amount(long nanoUsd, long tokens) {
  /** The largest of either: above it Redis' numbers lose their last digits (9 million USD). */
  public static final long MOST = (1L << 53) - 1;

  public static final Amount ZERO = new Amount(0, 0);

  /**
   * @throws IllegalArgumentException when one of them is negative
   */
  public Amount {
    if (nanoUsd < 0 || tokens < 0) {
      throw new IllegalArgumentException(
          "An amount is %d nano-USD and %d tokens: give 0 or more.".formatted(nanoUsd, tokens));
    }
    nanoUsd = Math.min(nanoUsd, MOST);
    tokens = Math.min(tokens, MOST);
  }

  public boolean isZero() {
    return nanoUsd == 0 && tokens == 0;
  }

  /** The sum, at most {@link #MOST} of each. */
  public Amount plus(Amount other) {
    return new Amount(nanoUsd + other.nanoUsd, tokens + other.tokens);
  }

  /** What is left of each, at least 0. */
  public Amount minusOrZero(Amount other) {
    return new Amount(Math.max(0, nanoUsd - other.nanoUsd), Math.max(0, tokens - other.tokens));
  }
}
