package io.keyfront.dataplane.settle;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Operation;
import io.keyfront.dataplane.reply.Outcome;
import io.keyfront.protocols.answer.Reading;

/** Decides how a hold ends. Pure. */
public final class Settling {
  private static final int OVERLOADED = 529;
  private static final int UNAVAILABLE = 503;

  private Settling() {}

  /**
   * The settlement of a call that was dispatched and answered.
   *
   * @param status the provider's
   */
  public static Settlement of(Operation operation, int status, Outcome outcome) {
    if (operation != Operation.GENERATE || refusedUnbilled(status)) {
      return new Settlement.Known(Usage.NONE, Amount.ZERO);
    }
    Reading reading = outcome.reading();
    Usage usage = reading.usage().orElse(Usage.NONE);
    return reading.complete()
        ? new Settlement.Known(usage, Amount.ZERO)
        : new Settlement.InDoubt(usage, Amount.ZERO);
  }

  /** No provider bills a call that it refused; after any other failure nobody knows. */
  private static boolean refusedUnbilled(int status) {
    return (status >= 300 && status < 500) || status == UNAVAILABLE || status == OVERLOADED;
  }
}
