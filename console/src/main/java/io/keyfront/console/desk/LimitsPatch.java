package io.keyfront.console.desk;

import io.keyfront.console.fault.AdminRefused;
import io.keyfront.core.ledger.Limits;

/** Changes to limits and budget, field by field; what is taken away is without limit. */
public record LimitsPatch(
    Change<Long> requestsPerMinute,
    Change<Long> tokensPerMinute,
    Change<Long> concurrency,
    BudgetPatch budget) {
  /** Changes nothing. */
  public static final LimitsPatch NONE =
      new LimitsPatch(
          new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>(), BudgetPatch.NONE);

  public boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * The limits after the change.
   *
   * @throws AdminRefused when they would be none that can be kept
   */
  public Limits applied(Limits now) {
    return new Limits(
        budget.applied(now.budget()),
        Longs.applied(requestsPerMinute, now.requestsPerMinute()),
        Longs.applied(tokensPerMinute, now.tokensPerMinute()),
        Longs.applied(concurrency, now.concurrency()));
  }
}
