package io.keyfront.ledger.standby;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as accounts count them. */
final class Micros {
  private Micros() {}

  /** Microseconds of the epoch. */
  static long of(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }
}
