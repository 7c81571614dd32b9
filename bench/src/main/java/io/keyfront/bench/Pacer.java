package io.keyfront.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the events of all open streams, one event of each stream per tick. A model's tokens arrive
 * one by one; written in one go they would melt into a few large reads, fewer the slower the proxy
 * is, and a slow proxy would look good. Each stream also thinks before its first event, so that the
 * streams of a load do not run in step. Belongs to one event loop.
 */
final class Pacer {
  private static final int THINK_TICKS = 200;

  /** Without a common divisor, so that every length from 0 to the end comes up, spread out. */
  private static final int THINK_STRIDE = 37;

  private final Vertx vertx;
  private final long gapMillis;
  private final List<Buffer> events;
  private final List<Stream> open = new ArrayList<>();
  private boolean ticking;
  private long started;

  private static final class Stream {
    private final HttpServerResponse response;
    private int next;

    Stream(HttpServerResponse response) {
      this.response = response;
    }
  }

  /**
   * Prepares the pace.
   *
   * @param gapMillis time between two events of a stream; 0 is one event per turn of the event loop
   */
  Pacer(Vertx vertx, long gapMillis, List<Buffer> events) {
    this.vertx = vertx;
    this.gapMillis = gapMillis;
    this.events = events;
  }

  /** Begins a stream; the first event goes out after up to 200 ticks. */
  void start(HttpServerResponse response) {
    started++;
    vertx.setTimer(
        Math.max(1, started * THINK_STRIDE % THINK_TICKS * gapMillis), timer -> open(response));
  }

  private void open(HttpServerResponse response) {
    open.add(new Stream(response));
    if (!ticking) {
      scheduleTick();
    }
  }

  private void scheduleTick() {
    ticking = true;
    if (gapMillis == 0) {
      vertx.runOnContext(turn -> tick());
    } else {
      vertx.setTimer(gapMillis, timer -> tick());
    }
  }

  private void tick() {
    ticking = false;
    open.removeIf(this::advance);
    if (!open.isEmpty()) {
      scheduleTick();
    }
  }

  /** Writes the next event; true when the stream needs no more. */
  private boolean advance(Stream stream) {
    if (stream.response.closed()) {
      return true;
    }
    Buffer event = events.get(stream.next++);
    if (stream.next == events.size()) {
      stream.response.end(event);
      return true;
    }
    stream.response.write(event);
    return false;
  }
}
