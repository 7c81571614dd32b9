package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;

/** What becomes of calls while the ledger does not answer. */
final class LedgerLoss {
  private static final System.Logger LOG = System.getLogger(LedgerLoss.class.getName());

  private LedgerLoss() {}

  /**
   * A hold that the ledger has not heard of, for tokens whose mode allows that: what they use is
   * told to the ledger when it is back. Empty for others.
   */
  static Optional<Hold> hold(Limits limits, HoldRequest request, String detail) {
    OnLedgerLoss mode = limits.budget().map(Budget::onLedgerLoss).orElse(OnLedgerLoss.ALLOW);
    return switch (mode) {
      // Slices are not charged beforehand yet, so there is nothing to serve from.
      case DENY, LEASE -> Optional.empty();
      case ALLOW -> {
        LOG.log(
            Level.WARNING, "A call is served without the ledger, as its token allows: {0}", detail);
        // Another id: the request's own was just abandoned.
        HoldId id = new HoldId(request.id().callId() + "/unheard", request.id().attempt());
        yield Optional.of(new Hold(id, request.accounts(), request.amount(), Instant.now()));
      }
    };
  }

  static Fault fault(String detail) {
    return new CapacityFault.LedgerUnavailable(detail);
  }
}
