package io.keyfront.core.ledger;

/** What becomes of a token's calls while the shared ledger does not answer. */
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
