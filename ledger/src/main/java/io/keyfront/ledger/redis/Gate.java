package io.keyfront.ledger.redis;

import java.time.Duration;
import java.util.Optional;

/**
 * What every call of the script says of the server it is meant for.
 *
 * @param epoch another one when the server is
 * @param key in Redis that says when budgets are open; absent where they always are, and in a
 *     cluster, where it would be in another slot than the accounts
 * @param fence the script as only this server runs it; absent where the connection says whose it is
 * @param shutUntil when budgets are open, as far as no key says so: by {@link System#nanoTime}
 */
record Gate(long epoch, Optional<String> key, Optional<Script> fence, long shutUntil) {
  /** Until somebody has asked. */
  static final long UNTIL_TOLD = Long.MAX_VALUE;

  /** Not at all. */
  static final long NEVER_SHUT = Long.MIN_VALUE;

  static final Gate OPEN = new Gate(0, Optional.empty());

  Gate(long epoch, Optional<String> key) {
    this(epoch, key, Optional.empty(), NEVER_SHUT);
  }

  Gate shut(long until) {
    return new Gate(epoch, key, fence, until);
  }

  /** The same, at least zero; not for one that is shut until somebody asked. */
  Duration shutTime() {
    return Duration.ofNanos(Math.max(0, shutFor()));
  }

  /** For how long budgets stay closed yet, in nanoseconds; not positive where they are open. */
  long shutFor() {
    if (shutUntil == NEVER_SHUT || shutUntil == UNTIL_TOLD) {
      return shutUntil;
    }
    return shutUntil - System.nanoTime();
  }
}
