package io.keyfront.core.ledger;

import java.time.Instant;

/** Moments as accounts count them: microseconds of the epoch, rounded down. */
public final class Micros {
  private static final long A_SECOND = 1_000_000;
  private static final long NANOS = 1_000;

  private Micros() {}

  /**
   * @throws ArithmeticException when it is some 290,000 years away
   */
  public static long of(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), A_SECOND), moment.getNano() / NANOS);
  }

  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, A_SECOND), Math.floorMod(micros, A_SECOND) * NANOS);
  }
}
