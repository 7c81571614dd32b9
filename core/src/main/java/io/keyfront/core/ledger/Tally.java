package io.keyfront.core.ledger;

import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.util.Optional;

/** Counts what the calls of an account used, in all. */
final class Tally {
  private static final long NEVER = Long.MIN_VALUE;

  private long requests;
  private long input;
  private long output;
  private long inDoubt;
  private long lastUsed = NEVER;
  private Amount overrun = Amount.ZERO;

  void restore(AccountImage.Used image) {
    requests = image.requests();
    input = image.input();
    output = image.output();
    inDoubt = image.inDoubt();
    lastUsed = image.lastUsed();
    overrun = image.overrun();
  }

  AccountImage.Used image() {
    return new AccountImage.Used(requests, input, output, inDoubt, lastUsed, overrun);
  }

  void used(Usage usage, boolean doubtful, long now) {
    requests++;
    input = Math.min(Amount.MOST, input + Math.clamp(usage.totalInput(), 0, Amount.MOST));
    output = Math.min(Amount.MOST, output + Math.clamp(usage.output(), 0, Amount.MOST));
    inDoubt += doubtful ? 1 : 0;
    lastUsed = now;
  }

  void swept(long now) {
    requests++;
    inDoubt++;
    lastUsed = now;
  }

  /** A swept call is about to be counted as what it was. */
  void unswept() {
    requests--;
    inDoubt--;
  }

  void overrun(Amount more) {
    if (!more.isZero()) {
      overrun = overrun.plus(more);
    }
  }

  Amount overrun() {
    return overrun;
  }

  UsageTotals totals() {
    return new UsageTotals(
        requests,
        input,
        output,
        inDoubt,
        lastUsed == NEVER ? Optional.empty() : Optional.of(Micros.instant(lastUsed)));
  }
}
