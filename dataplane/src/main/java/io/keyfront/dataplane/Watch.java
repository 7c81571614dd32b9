package io.keyfront.dataplane;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends what takes too long, on one event loop: one timer looks at everything that waits, so that a
 * call costs no timer of its own. Times are kept to within one period.
 */
final class Watch {
  private final Set<Watched> waiting = new HashSet<>();
  private final long timer;
  private final Vertx vertx;

  /** Something with an end. */
  interface Watched {
    /** By {@link System#nanoTime}. */
    long deadlineNanos();

    /** The end has come. */
    void timedOut();
  }

  Watch(Vertx vertx, long periodMillis) {
    this.vertx = vertx;
    this.timer = vertx.setPeriodic(periodMillis, tick -> look(System.nanoTime()));
  }

  void add(Watched watched) {
    waiting.add(watched);
  }

  void remove(Watched watched) {
    waiting.remove(watched);
  }

  int size() {
    return waiting.size();
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  private void look(long now) {
    List<Watched> late = new ArrayList<>();
    for (Watched watched : waiting) {
      if (now - watched.deadlineNanos() >= 0) {
        late.add(watched);
      }
    }
    late.forEach(Watched::timedOut);
  }
}
