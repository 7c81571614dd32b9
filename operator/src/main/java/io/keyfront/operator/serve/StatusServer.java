package io.keyfront.operator.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers {@code /healthz}, {@code /readyz} and {@code /metrics}. */
public final class StatusServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  /** Of an operator that has not started. */
  public static final StatusServer NONE = new StatusServer(null, null);

  private final @Nullable HttpServer server;
  private final @Nullable ExecutorService executor;

  /**
   * What a probe is answered.
   *
   * @param detail one line for people
   */
  public record Answer(boolean well, String detail) {}

  private StatusServer(@Nullable HttpServer server, @Nullable ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * @throws IOException when the address cannot be had
   */
  public static StatusServer start(
      InetSocketAddress address,
      Supplier<Answer> healthy,
      Supplier<Answer> ready,
      Supplier<String> metrics)
      throws IOException {
    HttpServer server = HttpServer.create(address, 16);
    ExecutorService executor =
        Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("status-", 0).factory());
    server.setExecutor(executor);
    server.createContext("/healthz", exchange -> answer(exchange, "/healthz", healthy.get()));
    server.createContext("/readyz", exchange -> answer(exchange, "/readyz", ready.get()));
    server.createContext(
        "/metrics", exchange -> send(exchange, OK, "text/plain; version=0.0.4", metrics.get()));
    server.createContext("/", exchange -> send(exchange, NOT_FOUND, "text/plain", "not found\n"));
    server.start();
    return new StatusServer(server, executor);
  }

  private static void answer(HttpExchange exchange, String path, Answer answer) throws IOException {
    if (exchange.getRequestURI().getPath().equals(path)) {
      send(exchange, answer.well ? OK : UNAVAILABLE, "text/plain", answer.detail + "\n");
    } else {
      send(exchange, NOT_FOUND, "text/plain", "not found\n");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", type + "; charset=utf-8");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      if (!head) {
        out.write(body);
      }
    }
  }

  public int port() {
    return server == null ? 0 : server.getAddress().getPort();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
