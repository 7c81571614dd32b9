package io.keyfront.cli.serve;

import io.keyfront.cli.Surroundings;
import io.keyfront.ledger.local.Fsync;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole proxy of a cluster, on free ports. */
final class RunningCluster implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final ClusterServer server;

  private RunningCluster(ServeOptions options, Clock clock) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Surroundings around =
        new Surroundings(
            Map.of(
                "OPENAI_API_KEY",
                "sk-fake-not-taken",
                "POD_NAME",
                "proxy-" + COUNT.incrementAndGet()),
            nowhere,
            nowhere,
            clock,
            false);
    this.server = ClusterServer.start(options, around, new ByteArrayOutputStream());
  }

  static RunningCluster of(Path parts, Path home) {
    return of(parts, home, Duration.ZERO);
  }

  static RunningCluster of(Path parts, Path home, Duration grace) {
    return new RunningCluster(
        options(new SnapshotSource.Dir(parts), home, Optional.empty(), grace), Clock.systemUTC());
  }

  /**
   * @param review how old the API server's word on a token may be, where it is asked
   */
  static RunningCluster of(
      SnapshotSource source, Path home, Clock clock, Optional<Duration> review) {
    return new RunningCluster(options(source, home, review, Duration.ZERO), clock);
  }

  private static ServeOptions options(
      SnapshotSource source, Path home, Optional<Duration> review, Duration grace) {
    return new ServeOptions(
        new ListenAddress("127.0.0.1", 0),
        new ListenAddress("127.0.0.1", 0),
        "local",
        Optional.empty(),
        Fsync.INTERVAL,
        home,
        Optional.empty(),
        Optional.of(source),
        Optional.empty(),
        review,
        1 << 20,
        OptionalInt.empty(),
        OptionalInt.of(1),
        Optional.empty(),
        Optional.empty(),
        grace,
        Duration.ofSeconds(5),
        LogFormat.JSON);
  }

  /** Asks the mock as an agent does. */
  HttpResponse<String> ask(String token) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.agents().resolve("/openai/v1/chat/completions"))
            .header("authorization", "Bearer " + token)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"mock\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> management(String path) throws Exception {
    URI uri = server.management().resolve(path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  ClusterServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
