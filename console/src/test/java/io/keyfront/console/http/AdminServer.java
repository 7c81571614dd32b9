package io.keyfront.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.console.desk.ServerInfo;
import io.keyfront.console.desk.WebhookTest;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Snapshot;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** The admin API on a port of its own, and a client for it. */
final class AdminServer implements AutoCloseable {
  static final String ADMIN_TOKEN = "kf_admin_fake-admin-token-000000000000";
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  final MemoryDesk desk = new MemoryDesk(InstantSource.fixed(NOW));
  final MemoryLedger ledger = new MemoryLedger(NOW);
  final List<Finding> findings = new CopyOnWriteArrayList<>();

  volatile Snapshot snapshot = Snapshot.EMPTY;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  AdminServer() {
    AdminCalls calls =
        new AdminCalls(
            desk,
            ledger,
            () -> snapshot,
            () -> List.copyOf(findings),
            AdminServer::info,
            AdminServer::tested,
            InstantSource.fixed(NOW));
    AdminApi api = new AdminApi(vertx, new AdminKey(SecretText.of(ADMIN_TOKEN)), calls);
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(api)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private static Optional<WebhookTest> tested(String name) {
    return switch (name) {
      case "up" -> Optional.of(new WebhookTest(true, OptionalInt.of(204), "it answered 204"));
      case "down" ->
          Optional.of(new WebhookTest(false, OptionalInt.empty(), "it cannot be reached"));
      default -> Optional.empty();
    };
  }

  private static ServerInfo info() {
    return new ServerInfo(
        "1.2.3",
        "digest",
        "http://127.0.0.1:8787",
        "http://127.0.0.1:8788",
        NOW,
        Map.of("tokens", 3));
  }

  /** An answer. */
  record Reply(int status, JsonNode json, HttpResponse<String> raw) {
    String code() {
      return json.at("/error/code").asText();
    }

    String message() {
      return json.at("/error/message").asText();
    }

    String field() {
      return json.at("/error/field").asText();
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.actualPort() + "/admin/v1/" + path))
        .header("Authorization", "Bearer " + ADMIN_TOKEN);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.actualPort() + "/admin/v1/" + path));
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  Reply post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  Reply post(String path, String json) {
    return withBody("POST", path, BodyPublishers.ofString(json));
  }

  Reply patch(String path, String json) {
    return withBody("PATCH", path, BodyPublishers.ofString(json));
  }

  Reply withBody(String method, String path, BodyPublisher body) {
    return send(request(path).header("Content-Type", "application/json").method(method, body));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> raw = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(raw.statusCode(), new JsonMapper().readTree(raw.body()), raw);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
