package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.home.RunningServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String TOKEN = "fake-adopted-token-0000000000000000000000";
  private static final String RESOURCES =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: adopted}
      stringData: {token: %s}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: adopted}
      spec: {scopes: ['mock:*'], tokenFrom: {secretRef: {name: adopted, key: token}}, revoked: %s}
      """;

  @TempDir Path folder;
  private Path home;
  private Path resources;

  @BeforeEach
  void prepare() throws IOException {
    home = folder.resolve("home");
    resources = Files.createDirectory(folder.resolve("resources"));
  }

  private static int call(URI agents, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(agents.resolve("/anthropic/v1/messages"))
            .header("x-api-key", token)
            .header("content-type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"model\":\"claude-any\",\"max_tokens\":16,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void unmodifiedModelIsAnsweredByTheMockWhileThereIsNoKey() {
    try (RunningStandalone server = RunningStandalone.start(home)) {
      assertThat(call(server.agents(), server.demoToken())).isEqualTo(200);
      assertThat(call(server.agents(), "kf_fake-unknown")).isEqualTo(401);
    }
  }

  @Test
  void demoTokenSurvivesARestart() {
    String before;
    try (RunningStandalone server = RunningStandalone.start(home)) {
      before = server.demoToken();
    }

    try (RunningStandalone server = RunningStandalone.start(home)) {
      assertThat(server.demoToken()).isEqualTo(before);
    }
  }

  @Test
  void changeOfAFileTakesEffectInTheRunningProxy() throws IOException {
    Path file = resources.resolve("token.yaml");
    Files.writeString(file, RESOURCES.formatted(TOKEN, "false"));
    try (RunningStandalone server = RunningStandalone.start(home, resources)) {
      assertThat(call(server.agents(), TOKEN)).isEqualTo(200);

      Files.writeString(file, RESOURCES.formatted(TOKEN, "true"));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> call(server.agents(), TOKEN), status -> status == 401);
    }
  }

  @Test
  void serverIsFoundWhileItRunsAndNotAfterwards() {
    try (RunningStandalone server = RunningStandalone.start(home)) {
      assertThat(RunningServer.of(home).map(RunningServer::management))
          .contains(server.management());
    }

    assertThat(RunningServer.of(home)).isEmpty();
  }

  @Test
  void secondServerOnTheSameHomeIsRefused() {
    try (RunningStandalone server = RunningStandalone.start(home)) {
      assertThat(server.agents()).isNotNull();

      assertThatThrownBy(() -> RunningStandalone.start(home))
          .isInstanceOf(CommandFailed.class)
          .hasMessageContaining("in use by another Keyfront server");
    }
  }

  @Test
  void takenPortIsToldAndTheHomeGivenBack() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(() -> RunningStandalone.startAt(taken.getLocalPort(), home))
          .isInstanceOf(CommandFailed.class)
          .hasMessageContaining("--listen");
    }
    RunningStandalone.start(home).close();
  }
}
