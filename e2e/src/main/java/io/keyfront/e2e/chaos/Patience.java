package io.keyfront.e2e.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come. */
final class Patience {
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private Patience() {}

  /**
   * @throws IllegalStateException when it has not come in time
   */
  static void await(Duration most, String what, BooleanSupplier condition) {
    if (!comes(most, condition)) {
      throw new IllegalStateException("Waited %s in vain: %s.".formatted(most, what));
    }
  }

  static boolean comes(Duration most, BooleanSupplier condition) {
    long until = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        return false;
      }
      pause(BETWEEN);
    }
    return true;
  }

  /** Lets time pass: the pace of an attack, not the wait for a result. */
  static void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
