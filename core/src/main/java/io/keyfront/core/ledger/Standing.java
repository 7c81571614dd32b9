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
 */
public record Standing(
    AccountId account,
    Instant at,
    UsageTotals totals,
    List<WindowSpend> windows,
    long inFlight,
    Amount overrun) {
  public Standing {
    windows = List.copyOf(windows);
  }

  public WindowSpend in(Window window) {
    return windows.stream().filter(spend -> spend.window() == window).findFirst().orElseThrow();
  }
}
