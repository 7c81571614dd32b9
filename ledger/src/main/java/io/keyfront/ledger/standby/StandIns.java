package io.keyfront.ledger.standby;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that decide while the shared ledger is away: the slices, and for what has no budget
 * to keep an account of this proxy's own for the rates. Its owner's lock guards every method.
 */
final class StandIns {
  /** Beyond so many, further accounts are unavailable. */
  static final int MOST = 10_000;

  private final Slices slices;
  private final Account.Rules rules;
  private final Map<AccountId, Account> rates = new HashMap<>();
  private final Map<HoldId, List<Part>> inFlight = new HashMap<>();

  /** What one account lets a call do. */
  private record Part(Account account, Limits limits, boolean sliced) {}

  StandIns(Slices slices, Account.Rules rules) {
    this.slices = slices;
    this.rules = rules;
  }

  /**
   * All or none.
   *
   * @param hold what it comes to where there is room
   * @param detail why the shared ledger does not answer
   */
  Admission admit(HoldRequest request, Hold hold, String detail) {
    List<Part> parts = new ArrayList<>(request.claims().size());
    Instant now = hold.admittedAt();
    long micros = Micros.of(now);
    for (Claim claim : request.claims()) {
      Part part = part(claim, now);
      if (part == null) {
        return new Admission.Unavailable(detail);
      }
      Shortage shortage = part.account().look(hold.id(), part.limits(), hold.amount(), micros);
      if (shortage instanceof Shortage.OverBudget) {
        return new Admission.Unavailable(
            detail + " This proxy's slice of the budget has no room for the call.");
      }
      if (shortage != null) {
        return new Admission.Denied(shortage);
      }
      parts.add(part);
    }
    for (Part part : parts) {
      part.account().place(hold.id(), part.limits(), hold.amount(), micros);
    }
    inFlight.put(hold.id(), parts);
    Part first = parts.getFirst();
    return new Admission.Admitted(hold, first.account().headroom(first.limits(), micros));
  }

  /** Null where the account's budget cannot be kept without the shared ledger. */
  private @Nullable Part part(Claim claim, Instant now) {
    Limits limits = claim.limits();
    return switch (limits.onLedgerLoss()) {
      case DENY -> null;
      case LEASE -> {
        Slice slice = slices.of(claim.account());
        if (slice == null || slice.isOver(now)) {
          yield null;
        }
        slice.used(now);
        yield new Part(slice.account(), within(limits, Optional.of(slice.budget())), true);
      }
      case ALLOW -> {
        Account own = rates.get(claim.account());
        if (own == null && rates.size() < MOST) {
          own = new Account(claim.account(), rules);
          rates.put(claim.account(), own);
        }
        yield own == null ? null : new Part(own, within(limits, Optional.empty()), false);
      }
    };
  }

  private static Limits within(Limits limits, Optional<Budget> budget) {
    return new Limits(
        budget, limits.requestsPerMinute(), limits.tokensPerMinute(), limits.concurrency());
  }

  /**
   * @return the accounts that the shared ledger has yet to be told of: those without a slice
   */
  List<AccountId> settle(Hold hold, Settlement settlement, Instant now) {
    List<Part> parts = inFlight.remove(hold.id());
    if (parts == null) {
      return List.of();
    }
    List<AccountId> others = new ArrayList<>(parts.size());
    for (Part part : parts) {
      part.account().settle(hold.id(), settlement, Micros.of(hold.admittedAt()), Micros.of(now));
      if (!part.sliced()) {
        others.add(part.account().id());
      }
    }
    return others;
  }

  /**
   * @return false when the call is over
   */
  boolean renew(Hold hold, Instant now) {
    List<Part> parts = inFlight.get(hold.id());
    if (parts == null) {
      return false;
    }
    parts.forEach(part -> part.account().renew(hold.id(), Micros.of(now)));
    return true;
  }

  /** Forgets the rates of accounts that no call uses; the shared ledger keeps them again. */
  void tidy() {
    rates.values().removeIf(account -> account.inFlight() == 0);
  }
}
