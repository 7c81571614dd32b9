package io.keyfront.core.ledger;

import io.keyfront.core.money.CallBound;
import io.keyfront.core.money.Cost;
import io.keyfront.core.money.ModelPrice;
import io.keyfront.core.money.ServiceTier;
import java.util.Optional;

/**
 * The most that a call can use, before it is sent.
 *
 * @param amount to hold
 * @param price of the model; absent where it has none, and then no money is held
 * @param tier that the call asks for
 */
public record Estimate(
    CallBound bound, Optional<ModelPrice> price, ServiceTier tier, Amount amount) {

  public static Estimate of(CallBound bound, Optional<ModelPrice> price, ServiceTier tier) {
    long nano = price.map(known -> Cost.ceiling(known, bound, tier)).orElse(0L);
    return new Estimate(bound, price, tier, new Amount(nano, bound.totalTokens()));
  }

  /**
   * The dearer of two ways in which a call may be answered, side by side: the larger of each bound,
   * at the price that makes more of it.
   */
  public Estimate orDearer(Estimate other) {
    CallBound both =
        new CallBound(
            Math.max(bound.inputTokens(), other.bound.inputTokens()),
            Math.max(bound.outputTokens(), other.bound.outputTokens()),
            Math.max(bound.choices(), other.bound.choices()),
            Math.max(bound.webSearches(), other.bound.webSearches()));
    Estimate one = of(both, price, tier);
    Estimate two = of(both, other.price, other.tier);
    return two.amount.nanoUsd() > one.amount.nanoUsd() ? two : one;
  }

  /** The same call with its maximum output lowered to {@code most} tokens a choice. */
  public Estimate clampedTo(long most) {
    return of(bound.clampedTo(most), price, tier);
  }

  /** The same call with an input of at most so many tokens, where that is less. */
  public Estimate withInput(long tokens) {
    return of(
        new CallBound(
            Math.min(bound.inputTokens(), tokens),
            bound.outputTokens(),
            bound.choices(),
            bound.webSearches()),
        price,
        tier);
  }

  /** The least that it could come to, were its input nothing, and its output just useful. */
  long least(Shortage.Measure measure) {
    return withInput(0).clampedTo(NextStep.USEFUL_OUTPUT).amount(measure);
  }

  /**
   * The largest maximum output, in tokens a choice, with which the call fits; -1 where even a call
   * without output does not.
   */
  public long largestOutput(Shortage.Measure measure, long room) {
    long fits = -1;
    long tooLarge = bound.outputTokens() + 1;
    while (tooLarge - fits > 1) {
      long middle = fits + (tooLarge - fits) / 2;
      if (clampedTo(middle).amount(measure) <= room) {
        fits = middle;
      } else {
        tooLarge = middle;
      }
    }
    return fits;
  }

  private long amount(Shortage.Measure measure) {
    return switch (measure) {
      case NANO_USD -> amount.nanoUsd();
      case TOKENS -> amount.tokens();
    };
  }
}
