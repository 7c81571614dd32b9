package io.keyfront.dataplane.settle;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Operation;
import io.keyfront.dataplane.admit.Admitted;
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
  public static Settlement of(Admitted admitted, int status, Outcome outcome) {
    Operation operation = admitted.permitted().targeted().routed().operation();
    if (operation != Operation.GENERATE || refusedUnbilled(status)) {
      return new Settlement.Known(Usage.NONE, Amount.ZERO);
    }
    Reading reading = outcome.reading();
    Usage usage = reading.usage().orElse(Usage.NONE);
    return reading.complete()
        ? new Settlement.Known(usage, admitted.terms().charge(usage))
        : inDoubt(admitted, usage);
  }

  /**
   * Dispatched, and nobody knows what was used: all that was held, or more where more is proved.
   */
  public static Settlement inDoubt(Admitted admitted, Usage proved) {
    Amount held = admitted.hold().amount();
    Amount seen = admitted.terms().charge(proved);
    return new Settlement.InDoubt(
        proved,
        new Amount(
            Math.max(held.nanoUsd(), seen.nanoUsd()), Math.max(held.tokens(), seen.tokens())));
  }

  /** No provider bills a call that it refused; after any other failure nobody knows. */
  private static boolean refusedUnbilled(int status) {
    return (status >= 300 && status < 500) || status == UNAVAILABLE || status == OVERLOADED;
  }
}
