package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.dataplane.authenticate.Vouching;
import io.keyfront.dataplane.cluster.Cluster;
import io.keyfront.dataplane.cluster.Pod;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.dataplane.source.PartCache;
import io.keyfront.dataplane.source.PartFolder;
import io.keyfront.snapshot.PartName;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What feeds a server's snapshot: Secrets with a cache, or a folder. */
final class SnapshotFeed implements AutoCloseable {
  private final Optional<Cluster> cluster;
  private final List<Runnable> open;

  private SnapshotFeed(Optional<Cluster> cluster, List<Runnable> open) {
    this.cluster = cluster;
    this.open = open;
  }

  /** Begins to feed; what a folder or cache holds is told before it returns. */
  static SnapshotFeed begin(
      ServeOptions options, Surroundings around, LiveSnapshot live, MeterRegistry metrics) {
    List<Runnable> open = new ArrayList<>(List.of(live::close));
    return switch (options.snapshot().orElseThrow()) {
      case SnapshotSource.Dir(Path path) -> {
        open.add(PartFolder.watch(path, live)::close);
        live.start();
        yield new SnapshotFeed(Optional.empty(), open);
      }
      case SnapshotSource.Secrets(String namespace) -> {
        Set<PartName> cached =
            options.snapshotCache().map(folder -> cached(folder, live, open)).orElse(Set.of());
        if (cached.contains(PartName.BASE)) {
          live.start();
        }
        Cluster cluster = Cluster.connect(pod(namespace, around));
        open.add(cluster::close);
        cluster.follow(cached, live, metrics, around.clock());
        yield new SnapshotFeed(Optional.of(cluster), open);
      }
    };
  }

  private static Set<PartName> cached(Path folder, LiveSnapshot live, List<Runnable> open) {
    try {
      Set<PartName> found = Files.isDirectory(folder) ? PartFolder.read(folder, live) : Set.of();
      open.add(PartCache.keep(folder, live)::close);
      return found;
    } catch (IOException unwritable) {
      throw new CommandFailed(
          "The folder of --snapshot-cache %s cannot be made: %s. Mount a tmpfs there, or leave the option out."
              .formatted(folder, unwritable.getMessage()));
    }
  }

  private static Pod pod(String namespace, Surroundings around) {
    String name = around.variable("POD_NAME").or(() -> around.variable("HOSTNAME")).orElse("proxy");
    return new Pod(namespace, name, around.variable("POD_UID"));
  }

  /** Who is asked about ServiceAccounts whose signature is good. */
  Vouching vouching(ServeOptions options, MeterRegistry metrics) {
    return cluster
        .flatMap(one -> options.tokenReview().map(maxAge -> one.reviews(maxAge, metrics)))
        .orElse(Vouching.BY_SIGNATURE);
  }

  /** What people should know although calls are served. */
  List<String> notes() {
    return cluster.map(Cluster::notes).orElse(List.of());
  }

  /** The ledger; one that is shared has its marks in the cluster, where all proxies find them. */
  OpenLedger openLedger(
      ServeOptions options,
      EventLoops loops,
      LiveSnapshot live,
      MeterRegistry metrics,
      InstantSource clock) {
    return cluster
        .map(one -> OpenLedger.open(options, loops, () -> one.marks(live, metrics, clock)))
        .orElseGet(() -> OpenLedger.open(options, loops));
  }

  @Override
  public void close() {
    open.reversed().forEach(Runnable::run);
  }
}
