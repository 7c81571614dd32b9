package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.HoldId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Renews a hold's lease. */
final class RenewOperation extends Operation {
  private static final int CODE = 3;

  private final HoldId call;
  private final List<AccountId> accounts;
  private final CompletableFuture<Boolean> held = new CompletableFuture<>();

  RenewOperation(HoldId call, List<AccountId> accounts) {
    this.call = call;
    this.accounts = accounts;
  }

  HoldId call() {
    return call;
  }

  /** False when it is known that the hold is no more. */
  CompletableFuture<Boolean> held() {
    return held;
  }

  @Override
  List<AccountId> accounts() {
    return accounts;
  }

  @Override
  void write(BatchWriter out) {
    out.command(CODE, call, accounts);
  }

  @Override
  void answer(ByteBuffer reply, long clock) {
    held.complete(reply.getDouble() != 0);
  }

  @Override
  void fail(String why) {
    held.complete(true);
  }
}
