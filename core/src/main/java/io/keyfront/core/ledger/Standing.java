package io.keyfront.core.ledger;

import io.keyfront.core.money.UsageTotals;
import java.time.Instant;
import java.util.List;

/**
 * All that a ledger knows of one account at one moment.
 *
 * @param windows one for each of {@link Window}
 * @param inFlight calls that hold room now
 * @param overrun what calls used beyond what they had held
 * @param seeded what marks charged in all, after losses of the ledger's data
 */
public record Standing(
    AccountId account,
    Instant at,
    UsageTotals totals,
    List<WindowSpend> windows,
    long inFlight,
    Amount overrun,
    Amount seeded) {
  public Standing {
    windows = List.copyOf(windows);
  }

  /** Of a ledger that lost nothing. */
  public Standing(
      AccountId account,
      Instant at,
      UsageTotals totals,
      List<WindowSpend> windows,
      long inFlight,
      Amount overrun) {
    this(account, at, totals, windows, inFlight, overrun, Amount.ZERO);
  }

  public WindowSpend in(Window window) {
    return windows.stream().filter(spend -> spend.window() == window).findFirst().orElseThrow();
  }
}
