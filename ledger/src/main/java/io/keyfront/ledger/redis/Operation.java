package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import java.nio.ByteBuffer;
import java.util.List;

/** One command of the script, with somebody who waits for its answer. Runs on the link's thread. */
abstract sealed class Operation
    permits HoldOperation, SettleOperation, RenewOperation, Look, MendOperation {
  /** When it was asked, by {@link System#nanoTime}. */
  private final long asked;

  Operation() {
    this(0);
  }

  /**
   * @param waited for Redis already by whoever asks, in nanoseconds
   */
  Operation(long waited) {
    this.asked = System.nanoTime() - waited;
  }

  /** How long whoever asks has waited for Redis, in nanoseconds. */
  final long waited() {
    return System.nanoTime() - asked;
  }

  /** Whether whoever asks has waited for too long. */
  final boolean isOverdue(long now) {
    return now - asked > UnderWay.TIMEOUT_NANOS;
  }

  /**
   * Whether somebody waits for the answer: then it may be told more than once that there is none.
   */
  boolean isUrgent() {
    return true;
  }

  /** Those it is about. */
  abstract List<AccountId> accounts();

  /** Whose slot it is in, where there are slots: an account, or a key that is none's. */
  Object place() {
    return accounts().getFirst();
  }

  /** Answers at once where budgets are closed for this; false where it is to be asked. */
  boolean isRefusedAt(Gate gate) {
    return false;
  }

  abstract void write(BatchWriter out);

  /**
   * Takes the answer, at the buffer's position.
   *
   * @param clock the server's, in microseconds of the epoch
   */
  abstract void answer(ByteBuffer reply, long clock);

  /** There is no answer, or none in time: then one may still come. */
  abstract void fail(String why);
}
