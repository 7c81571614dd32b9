package io.keyfront.operator;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Whether an operator has seen everything once, and when it had. */
final class Sight {
  private static final System.Logger LOG = System.getLogger(Sight.class.getName());

  private final BooleanSupplier now;
  private final AtomicBoolean once = new AtomicBoolean();

  /**
   * @param now whether it sees everything at the moment
   */
  Sight(BooleanSupplier now) {
    this.now = now;
  }

  boolean now() {
    return now.getAsBoolean();
  }

  /** Whether it ever did. */
  boolean once() {
    if (!once.get() && now() && once.compareAndSet(false, true)) {
      Instant begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
      LOG.log(
          Level.INFO,
          "Everything was seen {0} ms after the start.",
          Long.toString(Duration.between(begun, Instant.now()).toMillis()));
    }
    return once.get();
  }
}
