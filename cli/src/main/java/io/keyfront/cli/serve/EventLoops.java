package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.dataplane.Dataplane;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Vert.x and its threads. Making them takes about as long as everything else a start does, so they
 * are made beside it.
 */
final class EventLoops implements AutoCloseable {
  private static final int START_SECONDS = 30;
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  /** With more loops the one that also speaks to Redis would have much more to do than others. */
  private static final int FEW = 2;

  private final int threads;
  private final CompletableFuture<Vertx> vertx;

  private EventLoops(int threads, CompletableFuture<Vertx> vertx) {
    this.threads = threads;
    this.vertx = vertx;
  }

  /**
   * Begins to make them, and returns at once.
   *
   * @param threads that serve connections, at least 1
   */
  static EventLoops begin(int threads) {
    return new EventLoops(
        threads,
        CompletableFuture.supplyAsync(
            () -> Vertx.vertx(options(threads)),
            work -> Thread.ofPlatform().name("keyfront-start").daemon().start(work)));
  }

  private static VertxOptions options(int threads) {
    return new VertxOptions()
        .setPreferNativeTransport(true)
        .setEventLoopPoolSize(threads)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /** Waits until they are made. */
  Vertx vertx() {
    return vertx.join();
  }

  /**
   * One that may serve a connection of its owner's beside the calls; absent where there are many.
   */
  Optional<EventLoop> spare() {
    return threads <= FEW && vertx() instanceof VertxInternal made
        ? Optional.of(made.nettyEventLoopGroup().next())
        : Optional.empty();
  }

  /**
   * Waits until a server takes calls.
   *
   * @throws CommandFailed when it cannot
   */
  static Dataplane started(Future<Dataplane> start) {
    try {
      return start.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new CommandFailed(
          "Keyfront cannot listen: %s. Is it running already? Choose other ports with --listen and --management."
              .formatted(failed.getCause() == null ? failed : failed.getCause().getMessage()));
    } catch (InterruptedException | TimeoutException stopped) {
      throw new CommandFailed("Keyfront did not start within " + START_SECONDS + " s.");
    }
  }

  /** Waits for an end, and for no longer than {@code patience}; how it ended does not matter. */
  static void await(Future<Void> end, Duration patience) {
    try {
      end.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException late) {
      // What is still under way is cut by closing.
      return;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    await(vertx().close(), CLOSE_WITHIN);
  }
}
