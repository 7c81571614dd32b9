package io.keyfront.dataplane.intake;

/** The bytes that one call has taken from the budget; given back once, when the call is over. */
public final class BodyLease {
  private final BodyBudget budget;
  private long taken;
  private boolean closed;

  public BodyLease(BodyBudget budget) {
    this.budget = budget;
  }

  /** Takes more; false when the budget has no room, or the call is over. */
  synchronized boolean take(long bytes) {
    if (closed || !budget.take(bytes)) {
      return false;
    }
    taken += bytes;
    return true;
  }

  public synchronized void giveBack() {
    budget.give(taken);
    taken = 0;
    closed = true;
  }
}
