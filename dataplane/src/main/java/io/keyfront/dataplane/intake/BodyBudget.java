package io.keyfront.dataplane.intake;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of request bodies may be in memory at once, over all event loops. */
public final class BodyBudget {
  private final long limitBytes;
  private final AtomicLong taken = new AtomicLong();

  public BodyBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  public long limitBytes() {
    return limitBytes;
  }

  /** Bytes taken now. */
  public long takenBytes() {
    return taken.get();
  }

  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }
}
