package io.keyfront.cli.command;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.WrongUsage;
import io.keyfront.crds.DurationText;
import io.keyfront.dataplane.forward.UpstreamTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code keyfront probe}: what {@code helm test} runs in the proxies' own image, which has no
 * shell. It asks again until it is answered well, as a token takes a moment to reach all proxies.
 */
@Command(
    name = "probe",
    hidden = true,
    description =
        "Call until the answer is good: a URL, or the mock by KEYFRONT_URL and KEYFRONT_TOKEN.")
public final class ProbeCommand implements Callable<Integer> {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int SHOWN = 500;
  private static final String CALL =
      "{\"model\":\"mock\",\"max_tokens\":16,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  private final Surroundings around;

  @Parameters(arity = "0..1", paramLabel = "URL", description = "What to GET.")
  private @Nullable URI url;

  @Option(
      names = "--within",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "How long to try (default: 30s).")
  private String within = "30s";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates (PEM) of authorities to trust beside the public ones.")
  private @Nullable Path ca;

  public ProbeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    HttpRequest request = url == null ? mockCall() : get(url);
    Instant end = around.clock().instant().plus(limit());
    try (HttpClient client = client()) {
      String what = outcome(client, request);
      while (!what.isEmpty()) {
        if (!around.clock().instant().isBefore(end)) {
          throw new CommandFailed(request.uri() + " " + what);
        }
        Thread.sleep(AGAIN);
        what = outcome(client, request);
      }
    }
    around.out().println(request.uri() + " answered well.");
    around.out().flush();
    return 0;
  }

  private HttpClient client() {
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    return ca == null ? client.build() : client.sslContext(trusting(ca)).build();
  }

  private static SSLContext trusting(Path ca) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {UpstreamTrust.vouching(ca)}, null);
      return context;
    } catch (IllegalArgumentException unreadable) {
      throw new WrongUsage("--ca: " + unreadable.getMessage());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This runtime has no TLS.", impossible);
    }
  }

  private Duration limit() {
    try {
      return DurationText.parse(within);
    } catch (IllegalArgumentException wrong) {
      throw new WrongUsage("--within: " + wrong.getMessage());
    }
  }

  private static HttpRequest get(URI url) {
    return HttpRequest.newBuilder(http(url)).timeout(ANSWER_WITHIN).build();
  }

  private static URI http(URI url) {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new WrongUsage(
          "'" + url + "' is no URL to call: write one like http://keyfront:8787/readyz.");
    }
    return url;
  }

  private HttpRequest mockCall() {
    URI server = http(URI.create(required("KEYFRONT_URL")));
    return HttpRequest.newBuilder(server.resolve("/openai/v1/chat/completions"))
        .timeout(ANSWER_WITHIN)
        .header("authorization", "Bearer " + required("KEYFRONT_TOKEN"))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(CALL))
        .build();
  }

  private String required(String variable) {
    Optional<String> value = around.variable(variable);
    return value.orElseThrow(
        () -> new WrongUsage(variable + " is not set: set it, or name a URL to call."));
  }

  /** Empty when all is well, else the end of a sentence that begins with the URL. */
  private static String outcome(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() / 100 == 2
          ? ""
          : "answered " + answer.statusCode() + ": " + shortened(answer.body());
    } catch (IOException failed) {
      return "did not answer (" + failed.getClass().getSimpleName() + ").";
    }
  }

  private static String shortened(String body) {
    return body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
  }
}
