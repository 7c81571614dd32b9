package io.keyfront.ledger.standby;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part of a budget that the shared ledger holds for this proxy, and an account of what this proxy
 * made of it. Not safe for several threads.
 */
final class Slice {
  private final Hold hold;
  private final Budget budget;
  private final Optional<Instant> windowEnds;
  private final Account account;
  private Instant lastUsed;

  /**
   * @param hold what the shared ledger admitted, on one account
   * @param of the budget that it is a part of
   */
  Slice(Hold hold, Budget of, Account.Rules rules, Instant now) {
    this.hold = hold;
    this.windowEnds = of.window().end(hold.admittedAt());
    this.budget =
        new Budget(
            part(of.nanoUsd(), hold.amount().nanoUsd()),
            part(of.tokens(), hold.amount().tokens()),
            Window.TOTAL,
            OnLedgerLoss.LEASE);
    this.account = new Account(hold.accounts().getFirst(), rules);
    this.lastUsed = now;
  }

  private static OptionalLong part(OptionalLong limit, long held) {
    return limit.isEmpty() ? limit : OptionalLong.of(held);
  }

  Hold hold() {
    return hold;
  }

  AccountId id() {
    return account.id();
  }

  /** What may be spent of it. */
  Budget budget() {
    return budget;
  }

  Account account() {
    return account;
  }

  void used(Instant now) {
    lastUsed = now;
  }

  Instant lastUsed() {
    return lastUsed;
  }

  /** What was charged in a window is not spent in the next. */
  boolean isOver(Instant now) {
    return windowEnds.isPresent() && !now.isBefore(windowEnds.get());
  }

  boolean isInUse() {
    return account.inFlight() > 0;
  }

  boolean isTouched(long nowMicros) {
    return isInUse() || !spent(nowMicros).isZero() || account.totals().requests() > 0;
  }

  /** How its hold ends, once no call uses it any more: charged what the calls came to. */
  Settlement settlement(long nowMicros) {
    UsageTotals totals = account.totals();
    Amount spent = spent(nowMicros);
    return totals.requests() == 0 && spent.isZero()
        ? new Settlement.Released()
        : new Settlement.Known(Usage.of(totals.inputTokens(), totals.outputTokens()), spent);
  }

  private Amount spent(long nowMicros) {
    return account.standing(nowMicros).in(Window.TOTAL).spent();
  }
}
