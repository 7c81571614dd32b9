package io.keyfront.ledger.mark;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps nothing. */
final class NoMarks implements Marks {
  @Override
  public boolean kept() {
    return false;
  }

  @Override
  public Optional<Mark> of(AccountId account) {
    return Optional.empty();
  }

  @Override
  public Map<AccountId, Mark> all() {
    return Map.of();
  }

  @Override
  public CompletionStage<Void> raise(AccountId account, Mark mark) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Optional<Sighting> seen() {
    return Optional.empty();
  }

  @Override
  public void saw(Sighting sighting) {}
}
