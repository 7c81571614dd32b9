package io.keyfront.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.cli.Main;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code keyfront serve} as a process that is started again whenever it ends, as any cluster would
 * do: also when it did not find its Redis.
 */
final class ProxyProcess implements AutoCloseable {
  private static final String ADMIN = "kf-chaos-fake-admin-token-0123456789abcdef";
  private static final Duration BEFORE_ANOTHER_START = Duration.ofMillis(300);

  private final String name;
  private final int port = Web.freePort();
  private final int management = Web.freePort();
  private final Web web;
  private final List<String> command;
  private final Path log;
  private final Thread supervisor;
  private volatile Optional<Child> child = Optional.empty();
  private volatile Duration away = BEFORE_ANOTHER_START;
  private volatile boolean closed;

  ProxyProcess(Path folder, int number, String ledger, Path resources, Web web) {
    this.name = "proxy-" + number;
    this.web = web;
    this.log = folder.resolve(name + ".log");
    this.command =
        Child.java(
            "160m",
            Main.class.getName(),
            List.of(
                "serve",
                "--listen",
                "127.0.0.1:" + port,
                "--management",
                "127.0.0.1:" + management,
                "--ledger",
                ledger,
                "--home",
                folder.resolve(name).toString(),
                "--resources",
                resources.toString(),
                "--log-format",
                "json"));
    this.supervisor = Thread.ofVirtual().start(this::supervise);
  }

  private void supervise() {
    while (!closed) {
      Child started = Child.start(command, Map.of("KEYFRONT_ADMIN_TOKEN", ADMIN), log);
      child = Optional.of(started);
      if (closed) {
        started.kill();
      }
      started.waitFor();
      Patience.pause(away);
      away = BEFORE_ANOTHER_START;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** {@code kill -9}; it comes back by itself. */
  void kill(Duration forSoLong) {
    away = forSoLong;
    child.ifPresent(Child::kill);
  }

  boolean isReady() {
    return web.get(management("/readyz")).isPresent();
  }

  /** What the admin API says; empty when it is away. */
  Optional<JsonNode> admin(String path) {
    return web.get(management("/admin/v1" + path), "x-admin-token", ADMIN);
  }

  private URI management(String path) {
    return URI.create("http://127.0.0.1:" + management + path);
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    closed = true;
    child.ifPresent(Child::kill);
    try {
      supervisor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
