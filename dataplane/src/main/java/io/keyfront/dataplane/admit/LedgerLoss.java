package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.OnLedgerLoss;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What becomes of calls while the ledger does not answer. */
final class LedgerLoss {
  private static final System.Logger LOG = System.getLogger(LedgerLoss.class.getName());

  private LedgerLoss() {}

  /**
   * A hold that the ledger has not heard of, where every budget that the call counts against allows
   * that: what it uses is told to the ledger when it is back. Empty otherwise.
   */
  static Optional<Hold> hold(HoldRequest request, String detail) {
    return switch (mode(request)) {
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

  /**
   * The strictest of all accounts: the budget of a provider does not end where a token has none.
   */
  private static OnLedgerLoss mode(HoldRequest request) {
    return request.claims().stream()
        .flatMap(claim -> claim.limits().budget().stream())
        .map(Budget::onLedgerLoss)
        .min(Comparator.naturalOrder())
        .orElse(OnLedgerLoss.ALLOW);
  }

  static Fault fault(String detail) {
    return new CapacityFault.LedgerUnavailable(detail);
  }
}
