package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyfront.cli.CommandRun;
import io.keyfront.cli.serve.RunningStandalone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server, and a receiver on a real socket. */
class WebhooksInForceTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SETTINGS =
      """
      apiVersion: keyfront.io/v1alpha1
      kind: KeyfrontSettings
      metadata: {name: keyfront}
      spec:
        webhooks:
          - {name: ops, url: "http://127.0.0.1:%d/", secretRef: {name: hooks, key: ops}}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: hooks}
      stringData: {ops: fake-webhook-key-0123}
      """;

  @TempDir Path folder;
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private HttpServer receiver;

  @BeforeEach
  void prepare() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    Path resources = Files.createDirectory(folder.resolve("resources"));
    Files.writeString(
        resources.resolve("settings.yaml"), SETTINGS.formatted(receiver.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(new JsonMapper().readTree(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private RunningStandalone start() {
    return RunningStandalone.start(folder.resolve("home"), folder.resolve("resources"));
  }

  /** Runs a command line whose words have no spaces. */
  private CommandRun run(String line) {
    return CommandRun.of(
        Map.of("KEYFRONT_HOME", folder.resolve("home").toString()), line.split(" "));
  }

  private List<String> told() {
    return received.stream()
        .map(
            body ->
                body.path("type").asText()
                    + " "
                    + body.at("/data/token/name").asText()
                    + body.at("/data/budget/threshold").asText()
                    + (body.at("/data/budget").isMissingNode()
                        ? ""
                        : " of " + body.at("/data/budget/limit").asText()))
        .toList();
  }

  private static int call(RunningStandalone server, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.agents().resolve("/openai/v1/chat/completions"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"model\":\"mock-priced\",\"max_tokens\":300,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void testCommandSaysWhatTheReceiverAnswered() {
    try (RunningStandalone server = start()) {
      assertThat(server.agents()).isNotNull();
      CommandRun taken = run("webhook test ops");
      assertThat(taken.out()).isEqualTo("Webhook ops took the test event: it answered 204.\n");
      assertThat(taken.code()).isZero();

      status = 500;
      CommandRun failed = run("webhook test ops");
      assertThat(failed.out()).isEqualTo("Webhook ops did not take it: it answered 500.\n");
      assertThat(failed.code()).isEqualTo(1);

      CommandRun unknown = run("webhook test a/../b");
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err()).contains("No webhook in force has that name.");
    }
  }

  @Test
  void tokensAndBudgetsAreToldOnceAlsoOverARestart() throws Exception {
    String token;
    try (RunningStandalone server = start()) {
      CommandRun made = run("token create agent --scope mock --budget-tokens 5000 -o json");
      token = new JsonMapper().readTree(made.out()).path("token").asText();
      assertThat(call(server, token)).isEqualTo(200);
      run("token edit agent --budget-tokens 1");
      assertThat(call(server, token)).isEqualTo(402);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  told().containsAll(List.of("token.minted agent", "budget.exhausted agent of 1")));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> told().contains("budget.threshold agent100 of 1"));
    }

    try (RunningStandalone server = start()) {
      assertThat(call(server, token)).isEqualTo(402);
      run("token revoke agent");
      await().atMost(Duration.ofSeconds(30)).until(() -> told().contains("token.revoked agent"));
    }

    assertThat(told()).doesNotHaveDuplicates();
  }
}
