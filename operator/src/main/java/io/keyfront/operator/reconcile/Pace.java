package io.keyfront.operator.reconcile;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many things through in a second, on average; as many at once. */
public final class Pace {
  private final long interval;
  private final long burst;
  private final LongSupplier nanos;
  private long next;

  public Pace(int perSecond, LongSupplier nanos) {
    this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.burst = TimeUnit.SECONDS.toNanos(1);
    this.nanos = nanos;
    this.next = nanos.getAsLong() - burst;
  }

  /** Whether one more may go now. */
  public synchronized boolean take() {
    long now = nanos.getAsLong();
    next = Math.max(next, now - burst);
    if (next + interval > now) {
      return false;
    }
    next += interval;
    return true;
  }
}
