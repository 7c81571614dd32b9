package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/**
 * A real redis-server of its own, on a free port, that can be stopped, paused and started again.
 */
public final class RedisProcess implements AutoCloseable {
  private static final Path BINARY = binary();

  private final int port;
  private final List<String> command;
  private final Path folder;
  private final String secret;
  private Process process;

  private RedisProcess(int port, String secret, Path folder, List<String> arguments) {
    this.port = port;
    this.secret = secret;
    this.folder = folder;
    this.command = new ArrayList<>(List.of(BINARY.toString()));
    command.addAll(arguments);
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", folder.toString()));
    start();
  }

  public static RedisProcess started(String... settings) {
    return server("", settings);
  }

  private static RedisProcess server(String secret, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
    arguments.addAll(List.of(settings));
    return new RedisProcess(freePort(), secret, madeFolder(), arguments);
  }

  /** A cluster of one node, which has all the slots. */
  static RedisProcess cluster() {
    RedisProcess node = server("", "--cluster-enabled", "yes");
    node.ownAllSlots();
    return node;
  }

  /** One node of a cluster, which knows no other and has no slots yet. */
  static RedisProcess clusterNode() {
    return server(
        "",
        "--cluster-enabled",
        "yes",
        "--cluster-node-timeout",
        "1000",
        "--cluster-require-full-coverage",
        "no",
        "--cluster-replica-validity-factor",
        "0",
        "--repl-diskless-sync-delay",
        "0");
  }

  /** The same, which says that it is behind another port. */
  static RedisProcess clusterBehind(int announced) {
    RedisProcess node =
        server(
            "",
            "--cluster-enabled",
            "yes",
            "--cluster-announce-ip",
            "127.0.0.1",
            "--cluster-announce-port",
            String.valueOf(announced));
    node.ownAllSlots();
    return node;
  }

  /** As a node of a cluster, the only one. */
  void ownAllSlots() {
    ask(connection -> connection.sync().clusterAddSlots(IntStream.range(0, 16384).toArray()));
    Awaitility.await()
        .until(
            () -> ask(connection -> connection.sync().clusterInfo()).contains("cluster_state:ok"));
  }

  /** A replica of the server that is behind a port. */
  static RedisProcess replicaOf(int master) {
    RedisProcess replica = server("", "--replicaof", "127.0.0.1", String.valueOf(master));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> replica.info().contains("master_link_status:up"));
    return replica;
  }

  String info() {
    return ask(connection -> connection.sync().info());
  }

  /** Goes on without its master. */
  void promote() {
    ask(connection -> connection.sync().replicaofNoOne());
  }

  /** Loses its data, while it is stopped. */
  void forget() {
    try {
      Files.deleteIfExists(folder.resolve("appendonly.aof"));
    } catch (IOException locked) {
      throw new UncheckedIOException(locked);
    }
  }

  /** Where it keeps its data. */
  Path folder() {
    return folder;
  }

  /** A sentinel that names a server as the master {@code ledger}. */
  static RedisProcess sentinelOf(RedisProcess master) {
    Path folder = madeFolder();
    Path settings = folder.resolve("sentinel.conf");
    try {
      Files.writeString(
          settings,
          """
          sentinel monitor ledger 127.0.0.1 %d 1
          sentinel down-after-milliseconds ledger 300
          sentinel failover-timeout ledger 2000
          """
              .formatted(master.port));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    return new RedisProcess(freePort(), "", folder, List.of(settings.toString(), "--sentinel"));
  }

  static RedisProcess withPassword(String secret) {
    return server(secret, "--requirepass", secret);
  }

  private static Path binary() {
    try {
      return ExecutableProvider.newJarResourceProvider().get().toPath();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static Path madeFolder() {
    try {
      return Files.createTempDirectory("keyfront-redis");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  static int freePort() {
    // A cluster's own bus is 10,000 ports above.
    while (true) {
      try (ServerSocket socket = new ServerSocket(0)) {
        if (socket.getLocalPort() < 55_000) {
          return socket.getLocalPort();
        }
      } catch (IOException none) {
        throw new UncheckedIOException(none);
      }
    }
  }

  public void start() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(this::answers);
  }

  private boolean answers() {
    return "PONG".equals(ask(connection -> connection.sync().ping()));
  }

  /** Asks on a connection of its own. */
  <T> T ask(Function<StatefulRedisConnection<String, String>, T> question) {
    RedisURI.Builder address = RedisURI.builder().withHost("127.0.0.1").withPort(port);
    if (!secret.isEmpty()) {
      address.withPassword(secret.toCharArray());
    }
    try (RedisClient client = RedisClient.create(address.build());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return question.apply(connection);
    }
  }

  String clusterUri() {
    return "redis-cluster://127.0.0.1:" + port;
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  void stop() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public void pause() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(new String(kill.getErrorStream().readAllBytes(), UTF_8));
      }
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
