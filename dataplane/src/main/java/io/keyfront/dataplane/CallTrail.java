package io.keyfront.dataplane;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.dataplane.admit.Renewals;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.authenticate.Identified;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.dataplane.reply.Outcome;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.dataplane.settle.CallRecords;
import io.keyfront.dataplane.settle.Settling;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one call leaves behind on its way: the stages' proofs, and what its end needs to know. */
final class CallTrail {
  final Received received;
  @Nullable Identified identified;
  @Nullable Routed routed;
  @Nullable Targeted targeted;
  @Nullable Admitted admitted;

  /** Whether bytes may have left for the provider. */
  boolean dispatched;

  /** The provider's, once its head is here. */
  int upstreamStatus;

  /** By {@link System#nanoTime}; 0 until the first byte of the answer. */
  long firstByteNanos;

  CallTrail(Received received) {
    this.received = received;
  }

  /**
   * Settles the hold, if there is one, and tells the whole story.
   *
   * @param status what the client was answered
   * @param outcome how the answer ended; absent where it never began
   */
  CallRecord end(
      Ledger ledger,
      Renewals renewals,
      int status,
      @Nullable Fault fault,
      @Nullable Outcome outcome) {
    Optional<Settlement> settlement =
        Optional.ofNullable(admitted).map(held -> settle(ledger, renewals, held, outcome));
    return CallRecords.of(
        new CallRecords.Facts(received, identified, routed, targeted, admitted),
        new CallRecords.Ending(
            status,
            fault,
            settlement.flatMap(CallTrail::usage),
            settlement.map(Settlement::label),
            settlement.map(Settlement::charge).map(Amount::nanoUsd),
            firstByteNanos,
            System.nanoTime()));
  }

  private Settlement settle(
      Ledger ledger, Renewals renewals, Admitted held, @Nullable Outcome outcome) {
    Settlement settlement = settlement(held, outcome);
    renewals.remove(held.hold());
    ledger.settle(held.hold(), settlement);
    return settlement;
  }

  private Settlement settlement(Admitted held, @Nullable Outcome outcome) {
    if (!dispatched) {
      return new Settlement.Released();
    }
    if (outcome == null) {
      return Settling.inDoubt(held);
    }
    Duration open = Duration.ofNanos(System.nanoTime() - received.startedNanos());
    return Settling.of(held, upstreamStatus, outcome, open);
  }

  private static Optional<Usage> usage(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Known(Usage usage, Amount charge) -> Optional.of(usage);
      case Settlement.InDoubt(Usage proved, Amount charge) -> Optional.of(proved);
      case Settlement.Released released -> Optional.empty();
    };
  }
}
