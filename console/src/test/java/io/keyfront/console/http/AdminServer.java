package io.keyfront.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.console.desk.ServerInfo;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.money.UsageTotals;
import io.keyfront.core.secret.SecretText;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The admin API on a port of its own, and a client for it. */
final class AdminServer implements AutoCloseable, Ledger {
  static final String ADMIN_TOKEN = "kf_admin_fake-admin-token-000000000000";
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  final MemoryDesk desk = new MemoryDesk(InstantSource.fixed(NOW));
  final Map<AccountId, UsageTotals> totals = new ConcurrentHashMap<>();
  final List<Finding> findings = new CopyOnWriteArrayList<>();

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  AdminServer() {
    AdminCalls calls =
        new AdminCalls(
            desk, this, () -> List.copyOf(findings), AdminServer::info, InstantSource.fixed(NOW));
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
  public CompletionStage<Standing> standing(AccountId account) {
    UsageTotals used = totals.getOrDefault(account, UsageTotals.NONE);
    return CompletableFuture.completedFuture(
        new Standing(account, NOW, used, List.of(), 0, Amount.ZERO));
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    throw new AssertionError("The admin API holds nothing.");
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    throw new AssertionError("The admin API holds nothing.");
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    throw new AssertionError("The admin API holds nothing.");
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    throw new AssertionError("The admin API settles nothing.");
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
