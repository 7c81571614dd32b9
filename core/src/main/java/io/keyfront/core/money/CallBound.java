package io.keyfront.core.money;

/**
 * What a call may use at most, known before it is sent. Tokens unless said otherwise; nothing is
 * negative, and what would be beyond the largest long stays there.
 *
 * @param inputTokens prompt tokens, however often the provider's own tools make it read the prompt
 *     anew, whatever a cache does with them
 * @param outputTokens answer tokens of one choice, reasoning included
 * @param choices answers asked for, at least 1
 * @param webSearches calls of the provider's own search tools, a count
 */
public record CallBound(long inputTokens, long outputTokens, int choices, long webSearches) {
  /**
   * @throws IllegalArgumentException when a number is negative, or there is no choice
   */
  public CallBound {
    if (inputTokens < 0 || outputTokens < 0 || choices < 1 || webSearches < 0) {
      throw new IllegalArgumentException(
          "A call uses nothing negative and makes at least 1 choice, not "
              + inputTokens
              + " input tokens, "
              + outputTokens
              + " output tokens, "
              + choices
              + " choices and "
              + webSearches
              + " searches.");
    }
  }

  /** Answer tokens of all choices. */
  public long totalOutput() {
    return outputTokens > Long.MAX_VALUE / choices ? Long.MAX_VALUE : outputTokens * choices;
  }

  /** Tokens in both directions. */
  public long totalTokens() {
    return TokenSum.of(inputTokens, totalOutput());
  }

  /** The same call with its maximum output lowered to {@code most} tokens per choice. */
  public CallBound clampedTo(long most) {
    return new CallBound(inputTokens, Math.min(outputTokens, most), choices, webSearches);
  }
}
