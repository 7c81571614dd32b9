package io.keyfront.cli.serve;

import io.keyfront.cli.Surroundings;
import io.keyfront.ledger.local.Fsync;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A whole standalone server on free ports. */
public final class RunningStandalone implements AutoCloseable {
  private final Standalone server;
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  private RunningStandalone(ServeOptions options) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Surroundings around = new Surroundings(Map.of(), nowhere, nowhere, Clock.systemUTC(), false);
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

  String demoToken() {
    return server.demoToken();
  }

  @Override
  public void close() {
    server.close();
  }
}
