package io.keyfront.core.ledger;

/** What becomes of calls that count against a budget while the shared ledger is away. */
public enum OnLedgerLoss {
  /** Refused with 503. The default where there is a budget. */
  DENY,
  /** Served from a slice of the budget that this replica charged beforehand, and no further. */
  LEASE,
  /**
   * Served; only rates are kept, by each replica for itself. What is used may exceed the budget.
   */
  ALLOW
}
