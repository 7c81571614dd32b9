package io.keyfront.e2e.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A redis-server that saves every write before it acknowledges it. */
final class RedisServer {
  private static final Duration TO_START = Duration.ofSeconds(60);

  private final int port = Web.freePort();
  private final Path folder;
  private final Path log;
  private Child child;

  RedisServer(Path parent, String name) {
    this.folder = parent.resolve(name);
    this.log = parent.resolve(name + ".log");
    this.child = started();
  }

  int port() {
    return port;
  }

  private Child started(String... more) {
    try {
      Files.createDirectories(folder);
      List<String> command = new ArrayList<>();
      command.add(ExecutableProvider.newJarResourceProvider().get().toString());
      command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder));
      command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always", "--save", ""));
      // Diskless copies begin at once; the backlog would hide what a cut link has lost.
      command.addAll(List.of("--repl-diskless-sync-delay", "0"));
      command.addAll(List.of(more));
      return Child.start(command, Map.of(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitAnswers() {
    Patience.await(TO_START, "redis answers", () -> ask("PING").startsWith("+PONG"));
  }

  /** Starts again with what it saved. */
  void start() {
    child = started();
  }

  void startAsReplicaOf(int master) {
    child = started("--replicaof", "127.0.0.1", "" + master);
  }

  void kill() {
    child.kill();
  }

  void pause() {
    child.signal("STOP");
  }

  void resume() {
    child.signal("CONT");
  }

  /** Forgets what it saved; only while it is dead. */
  void wipe() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void becomeMaster() {
    Patience.await(
        TO_START, "the replica takes over", () -> ask("REPLICAOF NO ONE").startsWith("+OK"));
  }

  boolean isReplicaInStep() {
    return ask("INFO replication").contains("master_link_status:up");
  }

  /** The beginning of its answer; empty when there is none. */
  private String ask(String command) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      byte[] answer = new byte[4096];
      int read = socket.getInputStream().read(answer);
      return read < 0 ? "" : new String(answer, 0, read, US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}
