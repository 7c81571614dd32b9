package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code keyfront serve} ends, by signal and by what is under way. */
class StopTest {
  /** Answered after a minute, which no test waits for. */
  private static final String ENDLESS = "mock-delay-60000";

  @TempDir Path folder;

  @Test
  void interruptedServerLetsItsStreamEndAndExitsWithZero() throws Exception {
    try (ServedProcess server = ServedProcess.start(folder)) {
      HttpResponse<InputStream> stream =
          server.call("mock-slow", BodyHandlers.ofInputStream()).get(1, TimeUnit.MINUTES);
      assertThat(stream.body().read()).isEqualTo('d');

      server.signal("INT");

      server.awaitSaid("Stopping: waiting for 1 calls. Ctrl-C again stops at once.");
      assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("data: [DONE]\n\n");
      assertThat(server.exitCode()).isZero();
      assertThat(server.records()).hasLineCount(1).contains("\"settlement\":\"known\"");
    }
  }

  @Test
  void secondInterruptStopsAtOnce() throws Exception {
    try (ServedProcess server = ServedProcess.start(folder)) {
      CompletableFuture<HttpResponse<String>> call = server.call(ENDLESS, BodyHandlers.ofString());
      await().until(server::isBusy);
      server.signal("INT");
      server.awaitSaid("Ctrl-C again stops at once.");

      server.signal("INT");

      assertThat(server.exitCode()).isEqualTo(130);
      await().until(call::isCompletedExceptionally);
    }
  }

  @Test
  void callThatOutlivesTheDrainTimeoutIsCutAndLeavesItsRecord() throws Exception {
    try (ServedProcess server = ServedProcess.start(folder, "--drain-timeout", "1s")) {
      CompletableFuture<HttpResponse<String>> call = server.call(ENDLESS, BodyHandlers.ofString());
      await().until(server::isBusy);

      server.signal("TERM");

      assertThat(server.exitCode()).isZero();
      await().until(call::isCompletedExceptionally);
      assertThat(server.records()).hasLineCount(1).contains("\"status\":499");
    }
  }

  @Test
  void serverWithNothingUnderWayExitsWithZeroAndKeepsWhatWasUsed() throws Exception {
    try (ServedProcess server = ServedProcess.start(folder)) {
      server.call("mock", BodyHandlers.ofString()).get(1, TimeUnit.MINUTES);
      // The agent has its answer a moment before the call has ended for the server.
      await().until(() -> !server.isBusy());

      server.signal("TERM");

      assertThat(server.exitCode()).isZero();
      assertThat(server.said()).contains("Stopping: no call is under way.");
    }
    try (ServedProcess server = ServedProcess.start(folder)) {
      assertThat(server.self()).contains("\"requests\":1");
    }
  }

  @Test
  void killedServerStartsAgainAndForgetsNoUsage() throws Exception {
    try (ServedProcess server = ServedProcess.start(folder)) {
      server.call("mock", BodyHandlers.ofString()).get(1, TimeUnit.MINUTES);
      CompletableFuture<HttpResponse<String>> call = server.call(ENDLESS, BodyHandlers.ofString());
      await().until(server::isBusy);

      server.signal("KILL");

      assertThat(server.exitCode()).isEqualTo(137);
      await().until(call::isCompletedExceptionally);
    }
    try (ServedProcess server = ServedProcess.start(folder)) {
      // One was answered, one was under way.
      assertThat(server.self()).containsPattern("\"requests\":[12]\\b");
      HttpResponse<String> again =
          server.call("mock", BodyHandlers.ofString()).get(1, TimeUnit.MINUTES);
      assertThat(again.statusCode()).isEqualTo(200);
    }
  }
}
