package io.keyfront.core.ledger;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one account may use. Absent is without limit, 0 allows nothing.
 *
 * @param requestsPerMinute at most {@link #MOST_PER_MINUTE}
 * @param tokensPerMinute input and output, at most {@link #MOST_PER_MINUTE}
 * @param concurrency calls at one time, each for as long as its answer streams
 */
public record Limits(
    Optional<Budget> budget,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalLong concurrency) {
  /** More than a thousand million a minute is no limit that a proxy could keep exactly. */
  public static final long MOST_PER_MINUTE = 1_000_000_000L;

  public static final Limits NONE =
      new Limits(
          Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /**
   * @throws IllegalArgumentException when one is out of range
   */
  public Limits {
    require(requestsPerMinute, "requestsPerMinute");
    require(tokensPerMinute, "tokensPerMinute");
    require(concurrency, "concurrency");
  }

  public static Limits of(Budget budget) {
    return new Limits(
        Optional.of(budget), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  public Limits withRequestsPerMinute(long requests) {
    return new Limits(budget, OptionalLong.of(requests), tokensPerMinute, concurrency);
  }

  public Limits withTokensPerMinute(long tokens) {
    return new Limits(budget, requestsPerMinute, OptionalLong.of(tokens), concurrency);
  }

  public Limits withConcurrency(long calls) {
    return new Limits(budget, requestsPerMinute, tokensPerMinute, OptionalLong.of(calls));
  }

  /** The same with what {@code defaults} say where this says nothing, each limit by itself. */
  public Limits orElse(Limits defaults) {
    return defaults.isNone()
        ? this
        : new Limits(
            budget.or(defaults::budget),
            requestsPerMinute.isPresent() ? requestsPerMinute : defaults.requestsPerMinute,
            tokensPerMinute.isPresent() ? tokensPerMinute : defaults.tokensPerMinute,
            concurrency.isPresent() ? concurrency : defaults.concurrency);
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** What becomes of calls while the ledger is away; without a budget they go on. */
  public OnLedgerLoss onLedgerLoss() {
    return budget.isPresent() ? budget.get().onLedgerLoss() : OnLedgerLoss.ALLOW;
  }

  /** Whether a call must say what it may use at most before it is admitted. */
  public boolean needBound() {
    return budget.isPresent() || tokensPerMinute.isPresent();
  }

  /** Whether calls must have a price. */
  public boolean needPrice() {
    return budget.isPresent() && budget.get().nanoUsd().isPresent();
  }

  private static void require(OptionalLong limit, String name) {
    if (limit.isPresent() && (limit.getAsLong() < 0 || limit.getAsLong() > MOST_PER_MINUTE)) {
      throw new IllegalArgumentException(
          "%s is %d: give 0 to %d.".formatted(name, limit.getAsLong(), MOST_PER_MINUTE));
    }
  }
}
