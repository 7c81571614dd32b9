package io.keyfront.console.http;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.money.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger that stands still at one moment, and that can be away. */
final class MemoryLedger implements Ledger {
  /** Whether it answers. */
  enum Mood {
    ANSWERS,
    FAILS,
    HANGS
  }

  volatile Mood mood = Mood.ANSWERS;

  private final long now;
  private final Map<AccountId, Account> accounts = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();

  MemoryLedger(Instant now) {
    this.now = Micros.of(now);
  }

  /** A call that used so much, and is over. */
  void spend(AccountId account, Usage usage, long nanoUsd) {
    Amount charge = new Amount(nanoUsd, usage.totalInput() + usage.output());
    HoldId call = reserve(account, charge);
    account(account).settle(call, new Settlement.Known(usage, charge), now, now);
  }

  /** A call that is under way. */
  HoldId reserve(AccountId account, Amount amount) {
    HoldId call = new HoldId("call-" + calls.incrementAndGet(), 1);
    account(account).place(call, Limits.NONE, amount, now);
    return call;
  }

  private Account account(AccountId id) {
    return accounts.computeIfAbsent(id, fresh -> new Account(fresh, Account.Rules.DEFAULT));
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    return switch (mood) {
      case ANSWERS -> CompletableFuture.completedFuture(account(account).standing(now));
      case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("away"));
      case HANGS -> new CompletableFuture<>();
    };
  }

  /** Loses all that is not in a mark. */
  void lose(AccountId account, Mark mark) {
    accounts.remove(account);
    account(account).mending().seed(mark, false, now);
  }

  @Override
  public CompletionStage<Amount> credit(AccountId account, Amount most) {
    return switch (mood) {
      case ANSWERS ->
          CompletableFuture.completedFuture(account(account).mending().credit(most, now));
      case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("away"));
      case HANGS -> new CompletableFuture<>();
    };
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    throw new AssertionError("The admin API holds nothing.");
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    throw new AssertionError("The admin API settles nothing.");
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    throw new AssertionError("The admin API holds nothing.");
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    throw new AssertionError("The admin API holds nothing.");
  }

  @Override
  public Duration lease() {
    return Account.Rules.DEFAULT.lease();
  }
}
