package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.notice.NoticeStore;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Claims and marks of notices in Redis, one key each, which ends by itself. Has a connection of its
 * own, made when it is first asked: most servers have no webhook, and a slow one must not stand
 * before the ledger's calls.
 */
public final class RedisNotices implements NoticeStore, AutoCloseable {
  private static final long PATIENCE_MILLIS = 2_000;
  private static final String DELIVERED = "delivered";

  /** Takes a claim that is free, over or its owner's; in one step, so that only one has it. */
  private static final String CLAIM =
      """
      local held = redis.call('get', KEYS[1])
      if held == 'delivered' then return 2 end
      if held and held ~= ARGV[1] then return 1 end
      redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
      return 0
      """;

  private final RedisSettings settings;
  private final String owner = UUID.randomUUID().toString();
  private @Nullable Connection connection;
  private boolean closed;

  /** An open connection, of either kind. */
  private record Connection(RedisClusterAsyncCommands<String, String> commands, Runnable closing) {}

  /** Prepares the store; connects to nothing yet. */
  public RedisNotices(RedisSettings settings) {
    this.settings = settings;
  }

  /** Blocks for some seconds at most where it has to connect. */
  @Override
  public CompletionStage<Claim> claim(String key, Duration lease) {
    return bounded(
        commands ->
            commands
                .<Long>eval(
                    CLAIM,
                    ScriptOutputType.INTEGER,
                    new String[] {name(key)},
                    owner,
                    Long.toString(lease.toMillis()))
                .thenApply(
                    told ->
                        switch (told.intValue()) {
                          case 0 -> Claim.MINE;
                          case 1 -> Claim.ANOTHERS;
                          default -> Claim.DELIVERED;
                        }));
  }

  @Override
  public CompletionStage<Void> delivered(String key, Duration memory) {
    SetArgs until = SetArgs.Builder.px(Math.max(1, memory.toMillis()));
    return bounded(
        commands -> commands.set(name(key), DELIVERED, until).thenAccept(acknowledged -> {}));
  }

  private static String name(String key) {
    return "kf:n:" + key;
  }

  /** Asks something of Redis. */
  private interface Question<T> {
    CompletionStage<T> ask(RedisClusterAsyncCommands<String, String> commands);
  }

  private <T> CompletionStage<T> bounded(Question<T> question) {
    try {
      return question
          .ask(connected().commands())
          .toCompletableFuture()
          .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RuntimeException away) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("Redis keeps no notices now: " + Failures.sentence(away)));
    }
  }

  private synchronized Connection connected() {
    if (closed) {
      throw new IllegalStateException("it was closed");
    }
    if (connection == null) {
      connection = connect();
    }
    return connection;
  }

  private Connection connect() {
    Client client = Client.alone();
    try {
      RedisAddress address = RedisAddress.of(settings);
      return address.cluster() ? clustered(client, address) : single(client, address);
    } catch (RuntimeException away) {
      client.shutdown();
      throw away;
    }
  }

  private Connection single(Client client, RedisAddress address) {
    NodeClient redis = new NodeClient(client.resources(), Client.options(settings));
    StatefulRedisConnection<String, String> open =
        redis.connect(new StringCodec(UTF_8), address.nodes().getFirst());
    return new Connection(
        open.async(),
        () -> {
          open.close();
          redis.shutdown(0, 1, TimeUnit.SECONDS);
          client.shutdown();
        });
  }

  private Connection clustered(Client client, RedisAddress address) {
    RedisClusterClient redis = RedisClusterClient.create(client.resources(), address.nodes());
    redis.setOptions(Client.clusterOptions(settings));
    StatefulRedisClusterConnection<String, String> open = redis.connect(new StringCodec(UTF_8));
    // A command to a node that is not connected yet would be rejected.
    var unused = open.sync().upstream().commands().ping();
    return new Connection(
        open.async(),
        () -> {
          open.close();
          redis.shutdown(0, 1, TimeUnit.SECONDS);
          client.shutdown();
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connection != null) {
      connection.closing().run();
      connection = null;
    }
  }
}
