package io.keyfront.dataplane.source;

import io.keyfront.snapshot.PartName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A folder of parts as a source, looked at twice a second: file events do not reach mounts. While
 * the folder cannot be listed, nothing changes.
 */
public final class PartFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PartFolder.class.getName());
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Path folder;
  private final PartFiles files;
  private final LiveSnapshot live;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("keyfront-parts").unstarted(work));
  private Map<PartName, PartFiles.Stamp> known = new TreeMap<>();
  private boolean lost;

  private PartFolder(Path folder, LiveSnapshot live) {
    this.folder = folder;
    this.files = new PartFiles(folder);
    this.live = live;
  }

  /** Tells what the folder holds before it returns, and then each change. */
  public static PartFolder watch(Path folder, LiveSnapshot live) {
    PartFolder watched = new PartFolder(folder, live);
    watched.look();
    long millis = INTERVAL.toMillis();
    var unused =
        watched.thread.scheduleWithFixedDelay(watched::look, millis, millis, TimeUnit.MILLISECONDS);
    return watched;
  }

  /**
   * Tells once what the folder holds.
   *
   * @return the parts that were found
   */
  public static Set<PartName> read(Path folder, LiveSnapshot live) {
    try (PartFolder once = new PartFolder(folder, live)) {
      once.look();
      return new TreeSet<>(once.known.keySet());
    }
  }

  private void look() {
    try {
      Map<PartName, PartFiles.Stamp> now = files.stamps();
      Map<PartName, PartFiles.Stamp> told = new TreeMap<>();
      for (Map.Entry<PartName, PartFiles.Stamp> entry : now.entrySet()) {
        if (entry.getValue().equals(known.get(entry.getKey())) || tell(entry.getKey())) {
          told.put(entry.getKey(), entry.getValue());
        }
      }
      known.keySet().stream().filter(name -> !now.containsKey(name)).forEach(live::gone);
      known = told;
      lost = false;
    } catch (IOException | RuntimeException unreadable) {
      // Also what a folder that is swapped just now makes of it; the next look must come.
      if (!lost) {
        LOG.log(
            Level.WARNING,
            "The parts in {0} cannot be listed ({1}); what is in use stays in use.",
            folder,
            unreadable.toString());
      }
      lost = true;
    }
  }

  /** Whether it could be read; else the next look tries again. */
  private boolean tell(PartName name) {
    try {
      live.published(name, files.sequence(name), files.bytes(name));
      return true;
    } catch (IOException unreadable) {
      LOG.log(Level.WARNING, "Part {0} cannot be read: {1}", name, unreadable.toString());
      return false;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
