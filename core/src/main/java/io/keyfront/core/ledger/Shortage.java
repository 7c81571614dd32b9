package io.keyfront.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why an account has no room for a call. Nothing was reserved, on it or any other. */
public sealed interface Shortage {
  AccountId account();

  /** What a budget counts. */
  enum Measure {
    NANO_USD,
    TOKENS
  }

  /**
   * The account's rate of requests is used up.
   *
   * @param limit per minute
   * @param retryAfter until one more would pass; absent where none ever does
   */
  record Requests(AccountId account, long limit, Optional<Duration> retryAfter)
      implements Shortage {}

  /**
   * The account's rate of tokens has no room for so many.
   *
   * @param asked what the call may use at most
   * @param limit per minute
   * @param retryAfter absent where so many never pass
   */
  record Tokens(AccountId account, long asked, long limit, Optional<Duration> retryAfter)
      implements Shortage {}

  /** The request came after its deadline, or after the call had ended. */
  record TooLate(AccountId account) implements Shortage {}

  /** As many calls as may be are in flight. */
  record Concurrency(AccountId account, long limit) implements Shortage {}

  /**
   * The budget has no room for so much.
   *
   * @param asked what the call may use at most
   * @param spent in the window, with what is in doubt
   * @param held by calls in flight
   * @param windowEnds absent for a budget in total
   */
  record OverBudget(
      AccountId account,
      Measure measure,
      long asked,
      long limit,
      long spent,
      long held,
      Optional<Instant> windowEnds)
      implements Shortage {

    /** What would be left if no call were in flight. */
    public long left() {
      return Math.max(0, limit - spent);
    }

    /** What is left beside the calls in flight. */
    public long room() {
      return Math.max(0, left() - held);
    }
  }
}
