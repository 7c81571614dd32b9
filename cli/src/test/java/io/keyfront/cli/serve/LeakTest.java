package io.keyfront.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.cli.home.Home;
import io.keyfront.testkit.FakeProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a running server writes, on good paths and bad ones: no key and no token is in it. */
class LeakTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("io.keyfront");

  private static final String KEY = "sk-fake-key-of-the-house-0000000000";
  private static final String TOKEN = "fake-adopted-token-0000000000000000000000";
  private static final String STRANGER = "kf_fake-token-of-nobody-11111111111111111111";
  private static final String CHAT = "/house/v1/chat/completions";
  private static final String RESOURCES =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: secrets}
      stringData: {token: %s, key: %s}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: adopted}
      spec: {scopes: ['house:*'], tokenFrom: {secretRef: {name: secrets, key: token}}}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: ProviderCredential
      metadata: {name: house}
      spec:
        provider: house
        endpoint: %s
        protocol: openai-chat
        auth: {apiKey: {secretRef: {name: secrets, key: key}}}
      """;

  private static final List<String> FAULTS =
      List.of(
          "none",
          "quotedKey=401",
          "quotedKey=302",
          "quotedKey=500;gzip",
          "quotedKey=429;slowDrip=1/3",
          "quotedKeyInside200=0",
          "resetBeforeHeaders",
          "resetAfterEvents=2",
          "cleanEndAfterEvents=2",
          "hugeHeaders=100000");

  /** Logs of every level of ours, and what others log by default. */
  private final class Collector extends Handler {
    @Override
    public void publish(LogRecord entry) {
      seen.append(entry.getLevel()).append(' ').append(entry.getMessage()).append(' ');
      for (Object parameter : Optional.ofNullable(entry.getParameters()).orElse(new Object[0])) {
        seen.append(parameter).append(' ');
      }
      if (entry.getThrown() != null) {
        StringWriter trace = new StringWriter();
        entry.getThrown().printStackTrace(new PrintWriter(trace));
        seen.append(trace);
      }
      seen.append('\n');
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @TempDir private Path folder;
  private final StringBuffer seen = new StringBuffer();
  private final Handler collector = new Collector();

  @BeforeEach
  void listen() {
    OURS.setLevel(Level.ALL);
    ROOT.addHandler(collector);
  }

  @AfterEach
  void listenNoMore() {
    ROOT.removeHandler(collector);
    OURS.setLevel(null);
  }

  @Test
  void noKeyAndNoTokenIsInAnythingThatAServerWrites() throws Exception {
    Path home = folder.resolve("home");
    Path resources = Files.createDirectory(folder.resolve("resources"));
    try (FakeProvider provider = FakeProvider.start()) {
      Files.writeString(
          resources.resolve("all.yaml"), RESOURCES.formatted(TOKEN, KEY, provider.uri()));
      try (RunningStandalone server = RunningStandalone.start(home, resources)) {
        callEveryWay(server);
        assertThat(provider.lastRequest().header("authorization")).hasValue("Bearer " + KEY);
        askManagement(server, home);
        await().until(() -> server.written().contains("malformed_request"));
        seen.append(server.written());
      }
    }

    assertThat(seen.toString())
        .contains(
            "[redacted]",
            "upstream_reset",
            "upstream_bad_reply",
            "invalid_token",
            "malformed_request")
        .contains("keyfront_requests_total", "\"adopted\"")
        .doesNotContain(KEY, TOKEN, STRANGER);
    assertThat(filesOf(home)).doesNotContain(KEY, TOKEN, STRANGER);
  }

  private void callEveryWay(RunningStandalone server) throws Exception {
    URI agents = server.agents();
    for (String fault : FAULTS) {
      chat(agents.resolve(CHAT), "authorization", "Bearer " + TOKEN, fault, true);
      chat(agents.resolve(CHAT), "x-api-key", TOKEN, fault, false);
      chat(agents.resolve(CHAT + "?key=" + TOKEN), "x-none", "none", fault, false);
    }
    chat(agents.resolve(CHAT), "api-key", TOKEN, "quotedKeyInside200=2", true);
    chat(agents.resolve(CHAT), "api-key", TOKEN, "quotedKeyInside200=2;slowDrip=1/9", true);
    chat(agents.resolve(CHAT), "authorization", "Bearer " + STRANGER, "none", false);
    chat(agents.resolve(CHAT + "?key=" + STRANGER), "x-none", "none", "none", false);
    chat(agents.resolve("/nowhere/at/all?key=" + TOKEN), "api-key", TOKEN, "none", false);
    chat(agents.resolve("/other/v1/chat/completions"), "api-key", TOKEN, "none", false);
    get(agents.resolve("/v1/self"), TOKEN);
    get(agents.resolve("/v1/self?key=" + STRANGER), STRANGER);
    unreadable(agents);
  }

  private void chat(URI uri, String header, String value, String fault, boolean stream)
      throws InterruptedException {
    String body =
        "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"len=9\"}]}"
            .formatted(stream);
    note(
        HttpRequest.newBuilder(uri)
            .header(header, value)
            .header("x-fake-fault", fault)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private void get(URI uri, String token) throws InterruptedException {
    note(HttpRequest.newBuilder(uri).header("authorization", "Bearer " + token).GET().build());
  }

  private void note(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      seen.append(answer.statusCode()).append(answer.headers().map()).append(answer.body());
    } catch (IOException broken) {
      seen.append("a broken connection\n");
    }
  }

  private void unreadable(URI agents) throws IOException {
    try (Socket socket = new Socket(agents.getHost(), agents.getPort())) {
      String request =
          "POST %s?key=%s HTTP/1.1\r\nAuthorization: Bearer %s\r\nContent-Length: %s\r\n\r\n"
              .formatted(CHAT, TOKEN, TOKEN, TOKEN);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      seen.append(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    }
  }

  private void askManagement(RunningStandalone server, Path home) throws Exception {
    String admin = Home.adminToken(home, Optional.empty()).orElseThrow().reveal();
    for (String path : List.of("/metrics", "/readyz", "/healthz", "/admin/v1/tokens")) {
      get(server.management().resolve(path), admin);
    }
    get(server.management().resolve("/admin/v1/tokens/default/adopted"), admin);
    get(server.management().resolve("/admin/v1/tokens?key=" + STRANGER), STRANGER);
  }

  private static String filesOf(Path home) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }
}
