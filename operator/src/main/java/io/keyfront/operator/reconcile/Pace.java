package io.keyfront.operator.reconcile;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets at most so many things through in any second, as many at once. */
public final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;

  /** When the last ones went; the oldest is the next to be replaced. */
  private final long[] went;

  private int oldest;

  /**
   * @param perSecond 1 or more
   * @param nanos a clock that never goes back, in nanoseconds of any origin
   */
  public Pace(int perSecond, LongSupplier nanos) {
    this.nanos = nanos;
    this.went = new long[perSecond];
    Arrays.fill(went, nanos.getAsLong() - SECOND);
  }

  /** Whether one more may go now. */
  public synchronized boolean take() {
    long now = nanos.getAsLong();
    if (now - went[oldest] < SECOND) {
      return false;
    }
    went[oldest] = now;
    oldest = (oldest + 1) % went.length;
    return true;
  }
}
