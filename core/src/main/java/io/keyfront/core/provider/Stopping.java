package io.keyfront.core.provider;

/**
 * A provider's word that it stops generating, and billing, as soon as its connection is reset.
 *
 * @param tokensPerSecond the fastest that one answer is generated, in tokens of output, thinking
 *     included
 */
public record Stopping(long tokensPerSecond) {
  /** No model comes near it. */
  public static final long MOST = 1_000_000;

  /**
   * @throws IllegalArgumentException when it is not 1 to {@value #MOST}
   */
  public Stopping {
    if (tokensPerSecond < 1 || tokensPerSecond > MOST) {
      throw new IllegalArgumentException(
          "A model generates 1 to %d tokens a second, not %d.".formatted(MOST, tokensPerSecond));
    }
  }
}
