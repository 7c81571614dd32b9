package io.keyfront.core.money;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a call used, in tokens unless said otherwise, in the same sense for every protocol.
 *
 * @param input prompt tokens that no cache served or wrote
 * @param cacheRead prompt tokens read from a cache
 * @param cacheWrite5m prompt tokens written to a cache that lives 5 minutes (or whose life is not
 *     said)
 * @param cacheWrite1h prompt tokens written to a cache that lives an hour
 * @param output answer tokens, reasoning included
 * @param reasoning the part of {@code output} that was reasoning
 * @param audioInput the part of {@code input} that was audio
 * @param audioOutput the part of {@code output} that was audio
 * @param webSearches calls of the provider's own search tool, a count
 * @param providerCost what the provider says the call cost, in USD (OpenRouter's {@code
 *     usage.cost})
 */
public record Usage(
    long input,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long output,
    long reasoning,
    long audioInput,
    long audioOutput,
    long webSearches,
    Optional<BigDecimal> providerCost) {
  /** Nothing used. */
  public static final Usage NONE = of(0, 0);

  /** Plain input and output, nothing else. */
  public static Usage of(long input, long output) {
    return new Usage(input, 0, 0, 0, output, 0, 0, 0, 0, Optional.empty());
  }

  /**
   * Every prompt token, whatever the cache did with it. A negative part counts as 0, and a sum
   * beyond the largest long stays there: the numbers are a provider's word.
   */
  public long totalInput() {
    return TokenSum.of(TokenSum.of(input, cacheRead), TokenSum.of(cacheWrite5m, cacheWrite1h));
  }
}
