package io.keyfront.cli.serve;

import io.keyfront.cli.Surroundings;
import io.keyfront.ledger.local.Fsync;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A whole standalone server on free ports. */
public final class RunningStandalone implements AutoCloseable {
  private final Standalone server;
  private final StringWriter printed = new StringWriter();
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  private RunningStandalone(ServeOptions options) {
    PrintWriter out = new PrintWriter(printed);
    Surroundings around = new Surroundings(Map.of(), out, out, Clock.systemUTC(), false);
    this.server = Standalone.start(options, Environment.of(Map.of()), around, records);
  }

  public static RunningStandalone start(Path home) {
    return new RunningStandalone(options(home, Optional.empty(), 0));
  }

  public static RunningStandalone start(Path home, Path resources) {
    return new RunningStandalone(options(home, Optional.of(resources), 0));
  }

  static RunningStandalone startAt(int port, Path home) {
    return new RunningStandalone(options(home, Optional.empty(), port));
  }

  private static ServeOptions options(Path home, Optional<Path> resources, int port) {
    return new ServeOptions(
        new ListenAddress("127.0.0.1", port),
        new ListenAddress("127.0.0.1", 0),
        "local",
        Optional.empty(),
        Fsync.INTERVAL,
        home,
        resources,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1 << 20,
        OptionalInt.empty(),
        OptionalInt.of(1),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Duration.ofSeconds(1),
        LogFormat.JSON);
  }

  public URI agents() {
    return server.agents();
  }

  public URI management() {
    return server.management();
  }

  /** Call records so far, and what it said to its user. */
  String written() {
    return records.toString(StandardCharsets.UTF_8) + printed;
  }

  String demoToken() {
    return server.demoToken();
  }

  @Override
  public void close() {
    server.close();
  }
}
