package io.keyfront.cli.serve;

import static org.awaitility.Awaitility.await;

import io.keyfront.cli.Main;
import io.keyfront.cli.home.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code keyfront serve} as a process of its own, which signals can be sent to. */
final class ServedProcess implements AutoCloseable {
  private static final String TOKEN = "fake-adopted-token-0000000000000000000000";
  private static final Duration LONG = Duration.ofMinutes(1);
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
      spec: {scopes: ['mock:*'], tokenFrom: {secretRef: {name: adopted, key: token}}}
      """
          .formatted(TOKEN);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path records;
  private final Path said;
  private final Process process;
  private final RunningServer server;

  private ServedProcess(Path folder, List<String> options) throws IOException {
    Path home = folder.resolve("home");
    Path resources = Files.createDirectories(folder.resolve("resources"));
    Files.writeString(resources.resolve("token.yaml"), RESOURCES);
    this.records = folder.resolve("records.jsonl");
    this.said = folder.resolve("said.txt");
    this.process = start(command(home, resources, options));
    await().atMost(LONG).until(() -> RunningServer.of(home).isPresent() || !process.isAlive());
    this.server = RunningServer.of(home).orElseThrow(() -> new IllegalStateException(said()));
  }

  /**
   * @param folder where it keeps its state; what a process before it left there is found again
   */
  static ServedProcess start(Path folder, String... options) throws IOException {
    return new ServedProcess(folder, List.of(options));
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(records.toFile()))
            .redirectError(said.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("_API_KEY"));
    builder.environment().keySet().removeIf(name -> name.startsWith("KEYFRONT_"));
    return builder.start();
  }

  private static List<String> command(Path home, Path resources, List<String> options) {
    // A process that a script starts in the background is deaf to Ctrl-C, and so would its child.
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.add(ProcessHandle.current().info().command().orElseThrow());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Main.class.getName(), "serve", "--home", home.toString()));
    words.addAll(List.of("--resources", resources.toString(), "--event-loops", "1"));
    words.addAll(List.of("--listen", "127.0.0.1:0", "--management", "127.0.0.1:0"));
    words.addAll(options);
    return words;
  }

  /** A streamed call of a model of the mock, answered some time. */
  <T> CompletableFuture<HttpResponse<T>> call(String model, BodyHandler<T> body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.agents().resolve("/openai/v1/chat/completions"))
            .header("authorization", "Bearer " + TOKEN)
            .POST(
                BodyPublishers.ofString(
                    "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                        .formatted(model)))
            .build();
    return client.sendAsync(request, body);
  }

  /** The body of who this token is. */
  String self() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.agents().resolve("/v1/self"))
            .header("authorization", "Bearer " + TOKEN)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Whether a call is under way, as the metrics say. */
  boolean isBusy() throws IOException, InterruptedException {
    URI metrics = server.management().resolve("/metrics");
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
    return answer.body().contains("keyfront_calls_active 1.0");
  }

  /** Sends it a signal. */
  void signal(String name) throws IOException, InterruptedException {
    int sent =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (sent != 0) {
      throw new IllegalStateException("kill -" + name + " ended with " + sent);
    }
  }

  /** The status with which it ended. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("It still runs. It said: " + said());
    }
    return process.exitValue();
  }

  void awaitSaid(String words) {
    await().atMost(LONG).until(this::said, said -> said.contains(words));
  }

  /** What it wrote for a person. */
  String said() {
    return text(said);
  }

  /** The call records. */
  String records() {
    return text(records);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroyForcibly();
  }
}
