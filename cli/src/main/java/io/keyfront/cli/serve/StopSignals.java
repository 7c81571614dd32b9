package io.keyfront.cli.serve;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM: the first asks for a graceful end, the second Ctrl-C ends at once. Shutdown
 * hooks could not tell the two apart, as the runtime runs them once.
 */
final class StopSignals {
  /** What shells report for a process that SIGINT ended. */
  private static final int INTERRUPTED = 130;

  private final CountDownLatch first = new CountDownLatch(1);

  private StopSignals() {}

  static StopSignals listen() {
    StopSignals signals = new StopSignals();
    Signal.handle(new Signal("INT"), signal -> signals.arrived());
    Signal.handle(new Signal("TERM"), signal -> signals.first.countDown());
    return signals;
  }

  /**
   * Asks this process for a graceful end. Not as Ctrl-C does: what a script runs in the background
   * is deaf to that.
   */
  static void raise() {
    Signal.raise(new Signal("TERM"));
  }

  private void arrived() {
    if (first.getCount() == 0) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    first.countDown();
  }

  void await() {
    try {
      first.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
