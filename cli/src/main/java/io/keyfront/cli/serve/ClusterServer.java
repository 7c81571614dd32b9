package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.Version;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.dataplane.Dataplane;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.dataplane.source.SnapshotHealth;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server whose configuration is compiled elsewhere, by the operator: no home tokens, no admin
 * API, no demo token. Of the home folder it uses what the ledger keeps there.
 */
final class ClusterServer implements Server {
  private static final System.Logger LOG = System.getLogger(ClusterServer.class.getName());

  private final AtomicBoolean configured = new AtomicBoolean();
  private final ServeOptions options;
  private final SnapshotFeed feed;
  private final ServerParts parts;
  private final Dataplane dataplane;

  private ClusterServer(
      ServeOptions options, Surroundings around, EventLoops loops, OutputStream records) {
    this.options = options;
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LiveSnapshot live = new LiveSnapshot(this::finished);
    live.onSwap(swap -> tellConfigured(live));
    SnapshotHealth health = new SnapshotHealth(live, metrics, around.clock(), this::notes);
    this.feed = SnapshotFeed.begin(options, around, live, metrics);
    this.parts =
        new ServerParts(
            options,
            new ServerParts.Given(
                loops,
                feed.openLedger(options, loops, live, metrics, around.clock()),
                live::snapshot,
                List::of,
                metrics,
                records,
                around.terminal(),
                around.clock()));
    this.dataplane = parts.start(Map.of(), health, feed.vouching(options, metrics));
  }

  /** Starts and returns when both ports listen; it is ready when it has a base. */
  static ClusterServer start(ServeOptions options, Surroundings around) {
    return start(options, around, new FileOutputStream(FileDescriptor.out));
  }

  static ClusterServer start(ServeOptions options, Surroundings around, OutputStream records) {
    EventLoops loops = EventLoops.begin(options.eventLoopThreads());
    try {
      Files.createDirectories(options.home());
      return new ClusterServer(options, around, loops, records);
    } catch (IOException unwritable) {
      loops.close();
      throw new CommandFailed(
          "The home folder %s cannot be made: %s. Mount one that can be written, and name it with --home."
              .formatted(options.home(), unwritable.getMessage()));
    } catch (RuntimeException failed) {
      loops.close();
      throw failed;
    }
  }

  /**
   * Once; with the start page's "listening after" it says when a pod was ready by its own clock.
   */
  private void tellConfigured(LiveSnapshot live) {
    if (live.assembly().hasBase() && configured.compareAndSet(false, true)) {
      LOG.log(
          Level.INFO,
          "Configured {0} ms after the start.",
          Long.toString(StartTime.sincePressed().toMillis()));
    }
  }

  private List<String> notes() {
    return feed.notes();
  }

  private Snapshot finished(Snapshot assembled) {
    return options.trustedHops().isPresent()
        ? assembled.withSettings(
            assembled.settings().withTrustedHops(options.trustedHops().getAsInt()))
        : assembled;
  }

  URI agents() {
    return options.agents(dataplane.agentsPort());
  }

  URI management() {
    return options.management().url(dataplane.managementPort());
  }

  @Override
  public String page(Duration readyAfter) {
    return "Keyfront %s serves agents on %s and its management on %s, configured by %s; listening after %d ms.\n"
        .formatted(
            Version.CURRENT,
            options.listen(),
            options.management(),
            options.snapshot().map(Object::toString).orElse(""),
            readyAfter.toMillis());
  }

  @Override
  public int activeCalls() {
    return dataplane.activeCalls();
  }

  @Override
  public void drain() {
    parts.drain(dataplane);
  }

  @Override
  public void close() {
    parts.close();
    feed.close();
  }
}
