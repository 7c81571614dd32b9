package io.keyfront.console.http;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the ledger for several accounts at once, and goes on without answers that do not come. */
record Standings(Ledger ledger) {
  /** How long an answer may take. */
  static final Duration WITHIN = Duration.ofSeconds(2);

  /** In the order of the accounts; empty where the ledger failed or took too long. */
  List<Optional<Standing>> of(List<AccountId> accounts) {
    return accounts.stream().map(this::ask).toList().stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Optional<Standing>> ask(AccountId account) {
    return ledger
        .standing(account)
        .thenApply(Optional::of)
        .exceptionally(away -> Optional.empty())
        .toCompletableFuture()
        .completeOnTimeout(Optional.empty(), WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }
}
