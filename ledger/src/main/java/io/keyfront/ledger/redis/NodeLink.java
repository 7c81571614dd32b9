package io.keyfront.ledger.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.netty.util.concurrent.EventExecutor;
import java.lang.System.Logger;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One server, or the master that Sentinel names: one connection, made again when it is lost. */
final class NodeLink implements Link, RedisConnectionStateListener {
  private static final Logger LOG = System.getLogger(NodeLink.class.getName());

  private final NodeClient client;
  private final RedisURI uri;
  private final EventExecutor loop;
  private final Caller caller;

  /** Hears who answers, after each connection and before anything else is asked. */
  private volatile Consumer<Inspection> arrivals = found -> {};

  private volatile StatefulRedisConnection<byte[], byte[]> connection;
  private volatile boolean ready;
  private final Inspection first;
  private volatile boolean closed;

  /** Whether a connection is being made in place of one that was given up. */
  private boolean renewing;

  /**
   * Connects; blocks for some seconds at most.
   *
   * @throws RuntimeException when the server cannot be reached, or refuses the password
   * @throws RedisRefused when it evicts keys
   */
  NodeLink(NodeClient client, RedisURI uri, EventExecutor loop) {
    this.client = client;
    this.uri = uri;
    this.loop = loop;
    this.caller = new Caller(loop);
    this.connection = client.connect(ByteArrayCodec.INSTANCE, uri);
    this.first = inspect(connection).join();
    first.requireKeeping();
  }

  /** Begins to serve. */
  void start(Consumer<Inspection> heard) {
    arrivals = heard;
    loop.execute(
        () -> {
          arrivals.accept(first);
          ready = connection.isOpen();
          connection.addListener(this);
        });
  }

  /** Never fails but for lack of an answer: a user who may not ask learns nothing. */
  private static CompletableFuture<Inspection> inspect(
      StatefulRedisConnection<byte[], byte[]> connection) {
    return connection
        .async()
        .info()
        .toCompletableFuture()
        .orTimeout(RedisAddress.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (info, failure) -> {
              if (failure == null) {
                return Inspection.of(info);
              }
              if (failure instanceof RedisCommandExecutionException) {
                return Inspection.FORBIDDEN;
              }
              throw new CompletionException(failure);
            });
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public boolean slotted() {
    return false;
  }

  @Override
  public CompletionStage<byte[]> call(Gate gate, List<byte[]> keys, byte[] batch) {
    return caller.call(connection, keys, batch);
  }

  @Override
  public Object server(byte[] key) {
    return this;
  }

  /** Calls with the script's text are for all. */
  @Override
  public void strange(Object server) {}

  @Override
  public void onRedisConnected(RedisChannelHandler<?, ?> handler, SocketAddress address) {
    loop.execute(() -> greet(connection));
  }

  @Override
  public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
    ready = false;
  }

  /** Asks who answers now, before anything else is asked. */
  private void greet(StatefulRedisConnection<byte[], byte[]> made) {
    var _ =
        inspect(made)
            .whenComplete(
                (inspection, failure) ->
                    loop.execute(
                        () -> {
                          if (failure == null) {
                            greeted(inspection);
                          } else if (made.isOpen()) {
                            renew();
                          }
                        }));
  }

  private void greeted(Inspection inspection) {
    try {
      inspection.requireKeeping();
    } catch (RedisRefused evicting) {
      LOG.log(Logger.Level.ERROR, evicting.getMessage());
    }
    arrivals.accept(inspection);
    ready = true;
  }

  @Override
  public void renew() {
    if (renewing || closed) {
      return;
    }
    renewing = true;
    ready = false;
    LOG.log(Logger.Level.WARNING, "Redis has not answered for seconds: connecting anew.");
    connection.removeListener(this);
    var _ = connection.closeAsync();
    connectAgain();
  }

  private void connectAgain() {
    var _ =
        client
            .connectAsync(ByteArrayCodec.INSTANCE, uri)
            .whenComplete((made, failure) -> loop.execute(() -> connected(made, failure)));
  }

  private void connected(
      @Nullable StatefulRedisConnection<byte[], byte[]> made, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure != null || made == null) {
      var _ = loop.schedule(this::connectAgain, 1, TimeUnit.SECONDS);
      return;
    }
    renewing = false;
    connection = made;
    made.addListener(this);
    greet(made);
  }

  void close() {
    closed = true;
    ready = false;
    connection.close();
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
