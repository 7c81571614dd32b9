package io.keyfront.cli.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Sends one call of each kind to a server, so that the runtime sees which classes they need. */
public final class Training {
  private record Call(String path, String body) {}

  private static final List<Call> CALLS =
      List.of(
          new Call(
              "/anthropic/v1/messages",
              "{\"model\":\"mock\",\"max_tokens\":64,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
          new Call(
              "/openai/v1/chat/completions",
              "{\"model\":\"mock\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
          new Call("/openai/v1/responses", "{\"model\":\"mock\",\"stream\":true,\"input\":\"hi\"}"),
          new Call(
              "/gemini/v1beta/models/mock:generateContent",
              "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}"),
          new Call("/openai/v1/chat/completions", "{"));

  private Training() {}

  /**
   * @param token may call the mock
   */
  public static void run(URI agents, URI management, String token)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Call call : CALLS) {
        HttpRequest request =
            HttpRequest.newBuilder(agents.resolve(call.path()))
                .header("authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(call.body()))
                .build();
        client.send(request, HttpResponse.BodyHandlers.ofString());
      }
      for (String path : List.of("/readyz", "/metrics")) {
        HttpRequest request = HttpRequest.newBuilder(management.resolve(path)).build();
        client.send(request, HttpResponse.BodyHandlers.ofString());
      }
    }
  }

  /** Ends the server of this process as Ctrl-C would. */
  public static void stopServing() {
    StopSignals.raise();
  }
}
