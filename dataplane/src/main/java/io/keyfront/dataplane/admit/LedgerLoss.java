package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;

/** What becomes of calls while the ledger does not answer. */
final class LedgerLoss {
  private static final System.Logger LOG = System.getLogger(LedgerLoss.class.getName());

  private LedgerLoss() {}

  /**
   * A hold that the ledger has not heard of, where every budget that the call draws on allows that:
   * what it uses is told to the ledger when it is back. Empty for others.
   */
  static Optional<Hold> hold(HoldRequest request, String detail) {
    if (!request.claims().stream().map(Claim::limits).allMatch(LedgerLoss::allows)) {
      return Optional.empty();
    }
    LOG.log(
        Level.WARNING, "A call is served without the ledger, as its budgets allow: {0}", detail);
    // Another id: the request's own was just abandoned.
    return Optional.of(
        new Hold(request.id().unheard(), request.accounts(), request.amount(), Instant.now()));
  }

  private static boolean allows(Limits limits) {
    return switch (limits.onLedgerLoss()) {
      // A slice that had room has served the call before it came here.
      case DENY, LEASE -> false;
      case ALLOW -> true;
    };
  }

  static Fault fault(String detail) {
    return new CapacityFault.LedgerUnavailable(detail);
  }
}
