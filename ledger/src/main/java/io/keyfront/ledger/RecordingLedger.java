package io.keyfront.ledger;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.UsageTotals;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Admits every call and records what it used: for tokens without limits or budgets. In-process. */
public final class RecordingLedger implements Ledger {
  /** Accounts beyond so many are counted in the sum of all calls only. */
  static final int MAX_ACCOUNTS = 200_000;

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final Clock clock;
  private final Map<AccountId, RunningTotals> totals = new ConcurrentHashMap<>();
  private final RunningTotals everything;
  private final Set<HoldKey> open = ConcurrentHashMap.newKeySet();

  private record HoldKey(String callId, int attempt) {}

  /**
   * Starts from what was recorded before.
   *
   * @param recorded from {@link #recorded()} of an earlier run
   */
  public RecordingLedger(Clock clock, Map<AccountId, UsageTotals> recorded) {
    this.clock = clock;
    recorded.forEach((account, sum) -> totals.put(account, new RunningTotals(sum)));
    this.everything =
        totals.computeIfAbsent(
            AccountId.EVERYTHING, account -> new RunningTotals(UsageTotals.NONE));
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
      count(hold, settlement);
    }
    return DONE;
  }

  private void count(Hold hold, Settlement settlement) {
    if (settlement instanceof Settlement.Released) {
      return;
    }
    Instant now = clock.instant();
    List<AccountId> accounts = hold.accounts();
    for (int i = 0; i < accounts.size(); i++) {
      RunningTotals account = account(accounts.get(i));
      if (account != null) {
        account.add(settlement, now);
      }
    }
    everything.add(settlement, now);
  }

  /** Null when there is no room for another account. */
  private @Nullable RunningTotals account(AccountId id) {
    RunningTotals known = totals.get(id);
    if (known != null || totals.size() >= MAX_ACCOUNTS) {
      return known;
    }
    return totals.computeIfAbsent(id, account -> new RunningTotals(UsageTotals.NONE));
  }

  @Override
  public CompletionStage<UsageTotals> totals(AccountId account) {
    RunningTotals known = totals.get(account);
    return CompletableFuture.completedFuture(known == null ? UsageTotals.NONE : known.now());
  }

  /** Holds that no settlement has ended yet. */
  public int openHolds() {
    return open.size();
  }

  /** Everything recorded so far. */
  public Map<AccountId, UsageTotals> recorded() {
    Map<AccountId, UsageTotals> recorded = new HashMap<>();
    totals.forEach((account, running) -> recorded.put(account, running.now()));
    // Nothing was recorded yet: the sum of all calls is no account that anybody made.
    recorded.remove(AccountId.EVERYTHING, UsageTotals.NONE);
    return Collections.unmodifiableMap(recorded);
  }
}
