package io.keyfront.bench;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.function.Function;

/** Runs a server on exactly one event loop with the system's own transport, as fast as it goes. */
final class OneLoop {
  private OneLoop() {}

  /**
   * Starts the server and returns when it listens.
   *
   * @throws IllegalStateException when there is no native transport: figures without it mislead
   * @throws java.util.concurrent.CompletionException when the server cannot start
   */
  static void run(Function<Vertx, Deployable> server) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    if (!vertx.isNativeTransportEnabled()) {
      vertx.close();
      throw new IllegalStateException(
          "No native transport: the benchmark needs Linux on x86_64 or aarch64 with epoll.",
          vertx.unavailableNativeTransportCause());
    }
    vertx.deployVerticle(server.apply(vertx)).toCompletionStage().toCompletableFuture().join();
  }

  /** The port that is the program's argument at this place. */
  static int port(String[] args, int place) {
    int port = place < args.length ? Integer.parseInt(args[place]) : -1;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "Argument " + (place + 1) + " must be a port, 1 to 65535: the port to listen on.");
    }
    return port;
  }
}
