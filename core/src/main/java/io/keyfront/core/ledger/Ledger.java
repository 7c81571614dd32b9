package io.keyfront.core.ledger;

import io.keyfront.core.money.UsageTotals;
import java.util.concurrent.CompletionStage;

/**
 * The shared record of spend and holds. Safe for use from many threads; never blocks its caller.
 */
public interface Ledger {
  /**
   * Asks for room. The stage completes with {@link Admission.Denied} rather than exceptionally
   * where the ledger itself is away.
   */
  CompletionStage<Admission> hold(HoldRequest request);

  /**
   * Ends a hold, exactly once: a second settlement of the same call and attempt changes nothing.
   */
  CompletionStage<Void> settle(Hold hold, Settlement settlement);

  /** What the account used so far. */
  CompletionStage<UsageTotals> totals(AccountId account);
}
