package io.keyfront.dataplane;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends what takes too long, on one event loop: one timer looks at everything that waits, so that a
 * call costs no timer of its own. Times are kept to within one period.
 */
final class Watch {
  private final Vertx vertx;
  private final long timer;
  private @Nullable Watched first;
  private int size;

  /**
   * Something with an end. Links itself into the list of those that wait: a set would ask each new
   * one for an identity hash, which the runtime gives out slowly.
   */
  abstract static class Watched {
    private @Nullable Watched previous;
    private @Nullable Watched next;
    private boolean waits;

    /** By {@link System#nanoTime}. */
    abstract long deadlineNanos();

    /** The end has come. */
    abstract void timedOut();
  }

  Watch(Vertx vertx, long periodMillis) {
    this.vertx = vertx;
    this.timer = vertx.setPeriodic(periodMillis, tick -> look(System.nanoTime()));
  }

  void add(Watched watched) {
    if (watched.waits) {
      return;
    }
    watched.waits = true;
    watched.next = first;
    if (first != null) {
      first.previous = watched;
    }
    first = watched;
    size++;
  }

  /** Harmless when it no longer waits. */
  void remove(Watched watched) {
    if (!watched.waits) {
      return;
    }
    watched.waits = false;
    if (watched.previous == null) {
      first = watched.next;
    } else {
      watched.previous.next = watched.next;
    }
    if (watched.next != null) {
      watched.next.previous = watched.previous;
    }
    watched.previous = null;
    watched.next = null;
    size--;
  }

  int size() {
    return size;
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  private void look(long now) {
    List<Watched> late = new ArrayList<>();
    for (Watched watched = first; watched != null; watched = watched.next) {
      if (now - watched.deadlineNanos() >= 0) {
        late.add(watched);
      }
    }
    late.forEach(Watched::timedOut);
  }
}
