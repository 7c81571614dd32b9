package io.keyfront.ledger;

import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Instant;

/** What one account used so far, added up in place: every call adds to four of them. */
final class RunningTotals {
  private UsageTotals totals;

  RunningTotals(UsageTotals totals) {
    this.totals = totals;
  }

  synchronized UsageTotals now() {
    return totals;
  }

  /** Adds a call that ended; one that was released does not count. */
  synchronized void add(Settlement settlement, Instant at) {
    totals =
        switch (settlement) {
          case Settlement.Released released -> totals;
          case Settlement.Known(Usage usage) -> totals.plus(usage, at);
          case Settlement.InDoubt(Usage proved) -> totals.plusInDoubt(proved, at);
        };
  }
}
