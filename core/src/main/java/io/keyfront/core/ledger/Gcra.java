package io.keyfront.core.ledger;

/**
 * The generic cell rate algorithm (ITU-T I.371) for limits per minute with a burst of one minute's
 * worth: over any time t at most {@code limit + limit x t / 60 s} passes. Moments and times are
 * microseconds; the state is one number, the theoretical arrival time.
 */
public final class Gcra {
  /** One minute: how far ahead of now the arrival time may run. */
  public static final long MINUTE = 60_000_000L;

  /** A larger one never passes, and could not be multiplied. */
  private static final long MOST_UNITS = 100_000_000L;

  private Gcra() {}

  /** How far units advance the arrival time, rounded up; beyond a minute when they never pass. */
  public static long advance(long units, long limit) {
    if (units == 0) {
      return 0;
    }
    if (limit == 0 || units > MOST_UNITS) {
      return MINUTE + 1;
    }
    return (units * MINUTE + limit - 1) / limit;
  }

  /** The arrival time after the units, whether or not they pass. */
  public static long next(long arrival, long now, long advance) {
    return Math.max(arrival, now) + advance;
  }

  /** How long to wait until they pass; 0 when they pass now, -1 when they never do. */
  public static long waitFor(long arrival, long now, long advance) {
    if (advance > MINUTE) {
      return -1;
    }
    return Math.max(0, next(arrival, now, advance) - now - MINUTE);
  }

  /** How many units would pass now. */
  public static long left(long arrival, long now, long limit) {
    long free = MINUTE - Math.max(0, arrival - now);
    return free <= 0 ? 0 : free * limit / MINUTE;
  }
}
