package io.keyfront.dataplane;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The rest of a body that nobody will read, as its call was refused: read and dropped, within
 * bounds, so that the client gets to read the answer and the connection can serve the next call.
 */
final class Leftovers extends Watch.Watched {
  private final Watch watch;
  private final HttpServerRequest request;
  private final long deadlineNanos;
  private long allowed;

  private Leftovers(Stages stages, HttpServerRequest request) {
    this.watch = stages.watch();
    this.request = request;
    this.deadlineNanos = System.nanoTime() + stages.timeouts().body().toNanos();
    this.allowed = stages.bodies().limitBytes();
  }

  /** To be called before the answer is sent. */
  static void dropOrClose(Stages stages, HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      // Whether a body follows is up to the client: what comes next on this connection is
      // unknowable.
      request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.response().endHandler(sent -> request.connection().close());
      return;
    }
    new Leftovers(stages, request).start();
  }

  private void start() {
    watch.add(this);
    request.handler(
        chunk -> {
          allowed -= chunk.length();
          if (allowed < 0) {
            timedOut();
          }
        });
    request.exceptionHandler(gone -> watch.remove(this));
    request.endHandler(end -> watch.remove(this));
    request.resume();
  }

  @Override
  long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  void timedOut() {
    watch.remove(this);
    request.connection().close();
  }
}
