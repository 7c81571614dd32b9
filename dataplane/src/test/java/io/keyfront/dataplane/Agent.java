package io.keyfront.dataplane;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client of the proxy that does nothing on its own account. */
final class Agent {
  static final String CHAT = "/openai/v1/chat/completions";
  static final String MESSAGES = "/anthropic/v1/messages";
  static final String RESPONSES = "/openai/v1/responses";
  static final String EMBEDDINGS = "/openai/v1/embeddings";
  static final String GEMINI = "/gemini/v1beta/models/gemini-2.5-flash:generateContent";
  static final String GEMINI_STREAM =
      "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Agent() {}

  static String chat(String prompt, boolean stream) {
    return "{\"model\":\"gpt-5\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(stream, prompt);
  }

  static String messages(String prompt, boolean stream) {
    return "{\"model\":\"claude-opus-4-5\",\"max_tokens\":1024,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(stream, prompt);
  }

  static String responses(String prompt, boolean stream) {
    return "{\"model\":\"gpt-5\",\"stream\":%s,\"input\":\"%s\"}".formatted(stream, prompt);
  }

  static String gemini(String prompt) {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}".formatted(prompt);
  }

  static String embeddings(String input) {
    return "{\"model\":\"text-embedding-3-small\",\"input\":\"%s\"}".formatted(input);
  }

  /**
   * Posts with the test's token as Bearer.
   *
   * @param headers name and value in turn
   */
  static HttpResponse<String> post(URI uri, String body, String... headers) {
    return send(request(uri, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  static HttpResponse<byte[]> postForBytes(URI uri, String body, String... headers) {
    return send(
        request(uri, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  static HttpResponse<InputStream> open(URI uri, String body, String... headers) {
    return send(
        request(uri, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Cancelling it hangs up. */
  static CompletableFuture<HttpResponse<String>> later(URI uri, String body, String... headers) {
    return CLIENT.sendAsync(
        request(uri, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  static HttpResponse<String> get(URI uri, String... headers) {
    return send(request(uri, headers).GET().build());
  }

  static HttpResponse<String> method(String method, URI uri, String... headers) {
    return send(request(uri, headers).method(method, HttpRequest.BodyPublishers.noBody()).build());
  }

  static HttpRequest.Builder request(URI uri, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            // A busy machine must not be mistaken for a lost answer.
            .timeout(Duration.ofMinutes(1))
            .header("content-type", "application/json");
    boolean identified = false;
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
      identified |=
          headers[i].equals("authorization")
              || headers[i].endsWith("api-key")
              || headers[i].equals("anonymous");
    }
    return identified ? request : request.header("authorization", "Bearer " + ProxyUnderTest.TOKEN);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static <T> HttpResponse<T> send(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return CLIENT.send(request, handler);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } catch (IOException broken) {
      throw new Broken(broken);
    }
  }

  /** The connection broke. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(IOException cause) {
      super(cause);
    }
  }
}
