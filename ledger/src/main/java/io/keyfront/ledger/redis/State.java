package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.core.money.UsageTotals;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an account's state as {@code ledger.lua} packs it, and what marks charged; the order of
 * fields is stated there.
 */
final class State {
  private static final int FIELDS = 44;
  private static final int CLOCK = 1;
  private static final int IN_FLIGHT = 9;
  private static final int WINDOWS = 10;
  private static final int REQUESTS = 30;
  private static final int LAST_USED = 34;
  private static final int OVERRUN = 35;
  private static final int SLICES = 40;

  private State() {}

  static Standing read(AccountId account, ByteBuffer packed) {
    long[] fields = new long[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      fields[i] = (long) packed.getDouble();
    }
    Instant now = Micros.instant(fields[CLOCK]);
    return new Standing(
        account,
        now,
        totals(fields),
        windows(fields, now),
        fields[IN_FLIGHT] - fields[SLICES],
        amount(fields, OVERRUN),
        new Amount((long) packed.getDouble(), (long) packed.getDouble()));
  }

  private static UsageTotals totals(long[] fields) {
    long lastUsed = fields[LAST_USED];
    return new UsageTotals(
        fields[REQUESTS],
        fields[REQUESTS + 1],
        fields[REQUESTS + 2],
        fields[REQUESTS + 3],
        lastUsed < 0 ? Optional.empty() : Optional.of(Micros.instant(lastUsed)));
  }

  private static List<WindowSpend> windows(long[] fields, Instant now) {
    List<WindowSpend> windows = new ArrayList<>();
    for (Window window : Window.ALL) {
      int at = WINDOWS + 4 * Window.ALL.indexOf(window);
      windows.add(
          new WindowSpend(window, window.end(now), amount(fields, at), amount(fields, at + 2)));
    }
    return windows;
  }

  private static Amount amount(long[] fields, int at) {
    return new Amount(fields[at], fields[at + 1]);
  }
}
