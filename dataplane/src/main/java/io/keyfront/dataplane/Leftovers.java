package io.keyfront.dataplane;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

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
    endWithTheConnection();
    request.resume();
  }

  /** Once its answer is sent Vert.x does not tell a request that its connection is gone. */
  private void endWithTheConnection() {
    ChannelFuture end = ((ConnectionBase) request.connection()).channel().closeFuture();
    ChannelFutureListener gone = closed -> watch.remove(this);
    end.addListener(gone);
    request.endHandler(
        whole -> {
          watch.remove(this);
          end.removeListener(gone);
        });
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
