package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import java.util.concurrent.CompletableFuture;

/** Watches over the data of the servers: whether it is all there. From any thread. */
sealed interface Watch permits Recovery, Shards {
  /** Completes when every server was greeted; fails with what Redis said against it. */
  CompletableFuture<Void> greeted();

  /** Begins to give signs of life. */
  void start();

  /** Nobody has said when budgets are open. */
  void unopened();

  /** An account is not there, though it has a mark. */
  void lost(AccountId account);

  /**
   * A last sign of life, so that the next start knows that nothing is missing.
   *
   * @param all whether Redis has heard of everything
   */
  CompletableFuture<Void> farewell(boolean all);
}
