package io.keyfront.ledger;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Admits every call and records what it used: for tokens without limits or budgets. In-process. */
public final class RecordingLedger implements Ledger {
  /** Accounts beyond so many are counted in the sum of all calls only. */
  static final int MAX_ACCOUNTS = 200_000;

  private final Clock clock;
  private final Map<AccountId, UsageTotals> totals;
  private final Set<HoldKey> open = ConcurrentHashMap.newKeySet();

  private record HoldKey(String callId, int attempt) {}

  /**
   * Starts from what was recorded before.
   *
   * @param recorded from {@link #recorded()} of an earlier run
   */
  public RecordingLedger(Clock clock, Map<AccountId, UsageTotals> recorded) {
    this.clock = clock;
    this.totals = new ConcurrentHashMap<>(recorded);
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    open.add(new HoldKey(request.callId(), request.attempt()));
    Hold hold = new Hold(request.callId(), request.attempt(), request.accounts());
    return CompletableFuture.completedFuture(new Admission.Admitted(hold));
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    if (open.remove(new HoldKey(hold.callId(), hold.attempt()))) {
      Instant now = clock.instant();
      switch (settlement) {
        case Settlement.Released released -> {}
        case Settlement.Known(Usage usage) -> count(hold, before -> before.plus(usage, now));
        case Settlement.InDoubt(Usage proved) ->
            count(hold, before -> before.plusInDoubt(proved, now));
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  private void count(Hold hold, UnaryOperator<UsageTotals> change) {
    for (AccountId account : hold.accounts()) {
      count(account, change);
    }
    count(AccountId.EVERYTHING, change);
  }

  private void count(AccountId account, UnaryOperator<UsageTotals> change) {
    totals.compute(
        account,
        (id, before) -> {
          boolean full = totals.size() >= MAX_ACCOUNTS && !account.equals(AccountId.EVERYTHING);
          if (before == null && full) {
            return null;
          }
          return change.apply(before == null ? UsageTotals.NONE : before);
        });
  }

  @Override
  public CompletionStage<UsageTotals> totals(AccountId account) {
    return CompletableFuture.completedFuture(totals.getOrDefault(account, UsageTotals.NONE));
  }

  /** Holds that no settlement has ended yet. */
  public int openHolds() {
    return open.size();
  }

  /** Everything recorded so far. */
  public Map<AccountId, UsageTotals> recorded() {
    return Map.copyOf(totals);
  }
}
