package io.keyfront.dataplane.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Somebody's webhook on a real socket; remembers what came, and answers what it is told to. */
final class Receiver implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  final List<Received> received = new CopyOnWriteArrayList<>();
  volatile int status = 204;

  private final HttpServer server;

  /** A request as it came. */
  record Received(String path, Headers headers, byte[] body, int answered) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException notJson) {
        throw new UncheckedIOException(notJson);
      }
    }

    String header(String name) {
      return headers.getFirst(name);
    }
  }

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int answered = status;
      received.add(
          new Received(
              exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body, answered));
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(answered, -1);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The bodies that were taken, in the order of their coming. */
  List<JsonNode> taken() {
    return received.stream()
        .filter(request -> request.answered() / 100 == 2)
        .map(Received::json)
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
