package io.keyfront.ledger.standby;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import java.util.OptionalLong;

/**
 * How much of a budget one proxy charges beforehand: a hundredth, or four calls like the one at
 * hand where that is more, but never more than a tenth.
 */
final class SliceSize {
  private static final long USUAL_PART = 100;
  private static final long LARGEST_PART = 10;
  private static final long CALLS = 4;

  private SliceSize() {}

  /**
   * @param asked what the call at hand may use at most
   * @return zero where no slice would serve such a call
   */
  static Amount of(Budget budget, Amount asked) {
    long nano = part(budget.nanoUsd(), asked.nanoUsd());
    long tokens = part(budget.tokens(), asked.tokens());
    boolean useful =
        (budget.nanoUsd().isEmpty() || (nano > 0 && nano >= asked.nanoUsd()))
            && (budget.tokens().isEmpty() || (tokens > 0 && tokens >= asked.tokens()));
    return useful ? new Amount(nano, tokens) : Amount.ZERO;
  }

  private static long part(OptionalLong limit, long asked) {
    if (limit.isEmpty()) {
      return 0;
    }
    long whole = limit.getAsLong();
    long wanted = Math.max(whole / USUAL_PART, Math.min(asked, Amount.MOST / CALLS) * CALLS);
    return Math.min(wanted, whole / LARGEST_PART);
  }
}
