package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/serve.md says of metrics is what a laptop's server has. */
class MetricsPageTest {
  private static final Pattern NAME = Pattern.compile("`((?:keyfront|gen_ai)_[a-z_]+)`");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE ((?:keyfront|gen_ai)_[a-z_]+)");

  /** Webhooks, a shared ledger and what a call costs have them, and here is none. */
  private static final List<String> ELSEWHERE =
      List.of(
          "keyfront_cost_usd_total",
          "keyfront_ledger_latency_seconds",
          "keyfront_webhook_deliveries_total");

  @TempDir Path folder;

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher name = pattern.matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** The part before the one about clusters, whose servers have more. */
  private static Set<String> documented() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "serve.md"));
    int start = page.indexOf("\n## What the management port serves\n");
    return found(NAME, page.substring(start, page.indexOf("\n## Call records\n")));
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int call(RunningStandalone server, String token)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(server.agents().resolve("/v1/chat/completions"))
            .header("authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"mock\",\"messages\":[]}"))
            .build())
        .statusCode();
  }

  @Test
  void everyMetricIsDocumentedAndNoOther() throws Exception {
    try (RunningStandalone server = RunningStandalone.start(folder.resolve("home"))) {
      assertThat(call(server, server.demoToken())).isEqualTo(200);
      assertThat(call(server, "kf_fake-unknown")).isEqualTo(401);
      URI metrics = server.management().resolve("/metrics");
      await()
          .untilAsserted(
              () -> {
                Set<String> there =
                    found(TYPE, send(HttpRequest.newBuilder(metrics).build()).body());
                there.removeIf(name -> name.endsWith("_max"));
                Set<String> missing = documented();
                assertThat(missing).containsAll(there);
                missing.removeAll(there);
                assertThat(ELSEWHERE).containsAll(missing);
              });
    }
  }
}
