package io.keyfront.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyfront.cli.CommandFailed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Calls the admin API. Every refusal and failure is a {@link CommandFailed}. */
public final class AdminClient {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final AdminAccess access;
  private final HttpClient http;

  public AdminClient(AdminAccess access) {
    this.access = access;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_WITHIN);
    if ("http".equals(access.url().getScheme())) {
      builder.sslContext(trustingNobody());
    }
    this.http = builder.build();
  }

  /**
   * Without one, a client reads the system's authorities when it is made: a third of a second that
   * plain http has no use for.
   */
  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java runtime has TLS.", impossible);
    }
  }

  /**
   * @param path below {@code /admin/v1/}
   */
  public JsonNode get(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return call(
        "GET",
        path + (parameters.isEmpty() ? "" : "?" + parameters),
        HttpRequest.BodyPublishers.noBody());
  }

  /** Sends no body. */
  public JsonNode post(String path) {
    return call("POST", path, HttpRequest.BodyPublishers.noBody());
  }

  public JsonNode post(String path, JsonNode body) {
    return call("POST", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  public JsonNode patch(String path, JsonNode body) {
    return call("PATCH", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  private JsonNode call(String method, String path, HttpRequest.BodyPublisher body) {
    URI uri = URI.create(access.url().toString().replaceAll("/+$", "") + "/admin/v1/" + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_WITHIN)
            .header("Authorization", "Bearer " + access.token().reveal())
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      return answer(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (ConnectException notThere) {
      throw new CommandFailed(
          "No Keyfront server answers at %s. Start one with: keyfront serve (or name another with --url)."
              .formatted(access.url()));
    } catch (HttpTimeoutException slow) {
      throw new CommandFailed(
          "The server at %s did not answer in time. Look at its log.".formatted(access.url()));
    } catch (IOException broken) {
      throw new CommandFailed(
          "The connection to %s broke: is it a Keyfront management port?".formatted(access.url()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("Stopped.");
    }
  }

  private JsonNode answer(HttpResponse<byte[]> response) {
    JsonNode json = json(response);
    if (response.statusCode() < 300) {
      return json;
    }
    JsonNode error = json.path("error");
    if (response.statusCode() == 401) {
      throw new CommandFailed(
          "The server at %s does not take this admin token. keyfront admin-token --home FOLDER prints the one of its home folder; give it with --admin-token or KEYFRONT_ADMIN_TOKEN."
              .formatted(access.url()));
    }
    throw new CommandFailed(
        error.path("message").asText("The server answered " + response.statusCode() + "."));
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    try {
      JsonNode json = JSON.readTree(response.body());
      if (json.isObject()) {
        return json;
      }
    } catch (IOException notJson) {
      // Said below.
    }
    throw new CommandFailed(
        "What answers at %s is not Keyfront's admin API (status %d). Give the URL of the management port, %s by default."
            .formatted(access.url(), response.statusCode(), AdminAccess.DEFAULT_URL));
  }
}
