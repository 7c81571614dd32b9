package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Standing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks for all that is known of an account. */
final class Look extends Operation {
  private static final int CODE = 4;
  private static final HoldId NO_CALL = new HoldId("", 0);

  private final AccountId account;
  private final CompletableFuture<Standing> standing = new CompletableFuture<>();

  Look(AccountId account) {
    this.account = account;
  }

  CompletableFuture<Standing> standing() {
    return standing;
  }

  @Override
  List<AccountId> accounts() {
    return List.of(account);
  }

  @Override
  void write(BatchWriter out) {
    out.command(CODE, NO_CALL, accounts());
  }

  @Override
  void answer(ByteBuffer reply, long clock) {
    standing.complete(State.read(account, reply));
  }

  @Override
  void fail(String why) {
    standing.completeExceptionally(new IllegalStateException("Redis does not answer: " + why));
  }
}
