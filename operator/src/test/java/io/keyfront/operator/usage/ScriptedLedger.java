package io.keyfront.operator.usage;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Says of accounts what a test wants, and counts how often it was asked. */
final class ScriptedLedger implements Ledger {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final Map<AccountId, UsageTotals> totals = new ConcurrentHashMap<>();
  private final Map<AccountId, Long> asked = new ConcurrentHashMap<>();
  private final Set<AccountId> moving = ConcurrentHashMap.newKeySet();
  private final Set<AccountId> away = ConcurrentHashMap.newKeySet();

  void spend(String uid, Usage usage) {
    totals.compute(
        AccountId.token(uid),
        (id, before) -> (before == null ? UsageTotals.NONE : before).plus(usage, NOW));
  }

  void spendsAtEachQuestion(String uid) {
    moving.add(AccountId.token(uid));
  }

  void isAwayFor(String uid) {
    away.add(AccountId.token(uid));
  }

  /** How often an account was asked for. */
  long turnsOf(String uid) {
    return asked.getOrDefault(AccountId.token(uid), 0L);
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    asked.merge(account, 1L, Long::sum);
    if (away.contains(account)) {
      return CompletableFuture.failedFuture(new IllegalStateException("The ledger is away."));
    }
    if (moving.contains(account)) {
      totals.merge(
          account,
          UsageTotals.NONE.plus(Usage.of(1, 1), NOW),
          (before, first) -> before.plus(Usage.of(1, 1), NOW));
    }
    return CompletableFuture.completedFuture(
        new Standing(
            account,
            NOW,
            totals.getOrDefault(account, UsageTotals.NONE),
            List.of(),
            0,
            Amount.ZERO));
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    throw notAsked();
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    throw notAsked();
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    throw notAsked();
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    throw notAsked();
  }

  @Override
  public Duration lease() {
    throw notAsked();
  }

  @Override
  public CompletionStage<Amount> credit(AccountId account, Amount most) {
    throw notAsked();
  }

  private static UnsupportedOperationException notAsked() {
    return new UnsupportedOperationException("A reader of usage only asks where accounts stand.");
  }
}
