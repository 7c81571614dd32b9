package io.keyfront.core.money;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an account used so far. Tokens. Never falls: a negative number that a provider reports
 * counts as 0, and a sum beyond the largest long stays there.
 *
 * @param requests calls that were admitted and ended
 * @param inDoubt those of them whose usage is unknown
 */
public record UsageTotals(
    long requests, long inputTokens, long outputTokens, long inDoubt, Optional<Instant> lastUsed) {
  /** Never used. */
  public static final UsageTotals NONE = new UsageTotals(0, 0, 0, 0, Optional.empty());

  /** What both used. */
  public UsageTotals plus(UsageTotals other) {
    return new UsageTotals(
        TokenSum.of(requests, other.requests),
        TokenSum.of(inputTokens, other.inputTokens),
        TokenSum.of(outputTokens, other.outputTokens),
        TokenSum.of(inDoubt, other.inDoubt),
        Stream.concat(lastUsed.stream(), other.lastUsed.stream()).max(Instant::compareTo));
  }

  /** One more call, with known usage. */
  public UsageTotals plus(Usage usage, Instant at) {
    return new UsageTotals(
        requests + 1,
        TokenSum.of(inputTokens, usage.totalInput()),
        TokenSum.of(outputTokens, usage.output()),
        inDoubt,
        Optional.of(at));
  }

  /** One more call, with usage in doubt; what is proved counts. */
  public UsageTotals plusInDoubt(Usage proved, Instant at) {
    UsageTotals counted = plus(proved, at);
    return new UsageTotals(
        counted.requests, counted.inputTokens, counted.outputTokens, inDoubt + 1, counted.lastUsed);
  }
}
