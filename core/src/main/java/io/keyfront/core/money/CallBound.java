package io.keyfront.core.money;

/**
 * The most that a call can use.
 *
 * @param inputTokens prompt tokens of every kind together, 0 and up
 * @param outputTokens answer tokens of every kind together, 0 and up
 * @param webSearches calls of the provider's own search tool, 0 and up
 */
public record CallBound(long inputTokens, long outputTokens, long webSearches) {

  /**
   * @throws IllegalArgumentException when one is negative
   */
  public CallBound {
    if (inputTokens < 0 || outputTokens < 0 || webSearches < 0) {
      throw new IllegalArgumentException(
          "A bound of "
              + inputTokens
              + " input tokens, "
              + outputTokens
              + " output tokens and "
              + webSearches
              + " searches is below zero: give 0 or more.");
    }
  }
}
