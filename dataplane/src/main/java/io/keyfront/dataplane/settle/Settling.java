package io.keyfront.dataplane.settle;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Doubt;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Operation;
import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.dataplane.reply.Outcome;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.protocols.answer.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides how a hold ends. Pure. */
public final class Settling {
  private static final int OVERLOADED = 529;
  private static final int UNAVAILABLE = 503;

  private Settling() {}

  /**
   * The settlement of a call that was dispatched and answered.
   *
   * @param status the provider's
   * @param open since the call was sent, at least
   */
  public static Settlement of(Admitted admitted, int status, Outcome outcome, Duration open) {
    Operation operation = admitted.permitted().targeted().routed().operation();
    if (operation != Operation.GENERATE || refusedUnbilled(status)) {
      return new Settlement.Known(Usage.NONE, Amount.ZERO);
    }
    Reading reading = outcome.reading();
    Usage usage = reading.usage().orElse(Usage.NONE);
    return reading.complete()
        ? new Settlement.Known(usage, admitted.terms().charge(usage, reading.serviceTier()))
        : inDoubt(admitted, usage, reading.serviceTier(), seen(admitted, status, usage, open));
  }

  /** Where the provider runs tools of its own, the first input that it tells is not the last. */
  private static Optional<Doubt.Seen> seen(
      Admitted admitted, int status, Usage usage, Duration open) {
    Routed routed = admitted.permitted().targeted().routed();
    if (!routed.stream() || status / 100 != 2) {
      return Optional.empty();
    }
    long uses = routed.measured().map(body -> body.asked().serverTools().uses()).orElse(0L);
    long input = usage.totalInput();
    return Optional.of(
        new Doubt.Seen(
            uses == 0 && input > 0 ? OptionalLong.of(input) : OptionalLong.empty(), open));
  }

  /** Dispatched, and no answer came: all that was held. */
  public static Settlement inDoubt(Admitted admitted) {
    return inDoubt(admitted, Usage.NONE, Optional.empty(), Optional.empty());
  }

  /** What nobody knows, but never less than what is proved. */
  private static Settlement inDoubt(
      Admitted admitted, Usage proved, Optional<String> tier, Optional<Doubt.Seen> seen) {
    Amount doubt =
        Doubt.charge(
            admitted.hold().amount(),
            admitted.terms().estimate(),
            admitted.permitted().targeted().provider().stopping(),
            seen);
    Amount told = admitted.terms().charge(proved, tier);
    return new Settlement.InDoubt(
        proved,
        new Amount(
            Math.max(doubt.nanoUsd(), told.nanoUsd()), Math.max(doubt.tokens(), told.tokens())));
  }

  /** No provider bills a call that it refused; after any other failure nobody knows. */
  static boolean refusedUnbilled(int status) {
    return (status >= 300 && status < 500) || status == UNAVAILABLE || status == OVERLOADED;
  }
}
