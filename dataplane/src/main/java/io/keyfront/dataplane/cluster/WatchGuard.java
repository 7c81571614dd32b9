package io.keyfront.dataplane.cluster;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Notices a watch that has died without a word: a connection whose other end is gone looks like one
 * on which nothing happens, for minutes. So now and then it is listed which versions there are. One
 * that the watch has not told of by the next look, a moment later, shows that it tells no more.
 */
final class WatchGuard implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WatchGuard.class.getName());

  private final SecretWatch watch;
  private final ListedVersions listed;
  private final Pace pace;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("keyfront-watch-guard").unstarted(work));

  /** What the watch had told of each Secret that was listed otherwise at the last look. */
  private Map<String, String> behind = Map.of();

  /**
   * How often it is looked.
   *
   * @param usual while nothing is behind
   * @param closer after something was: what the watch may take
   */
  record Pace(Duration usual, Duration closer) {
    /** A dead watch is noticed within 45 s, and another time-out of a request. */
    static final Pace USUAL = new Pace(Duration.ofSeconds(30), Duration.ofSeconds(15));
  }

  WatchGuard(SecretWatch watch, ListedVersions listed, Pace pace) {
    this.watch = watch;
    this.listed = listed;
    this.pace = pace;
  }

  void start() {
    again(pace.usual());
  }

  private void again(Duration later) {
    if (!thread.isShutdown()) {
      var unused = thread.schedule(this::look, later.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try {
      behind = watch.watching() ? compared(listed.now(), watch.versions()) : Map.of();
    } catch (IOException | RuntimeException unanswered) {
      // Says nothing of the watch; whoever cannot be asked is said elsewhere.
      LOG.log(Level.DEBUG, "The guard of the watch was not answered.", unanswered);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return;
    }
    again(behind.isEmpty() ? pace.usual() : pace.closer());
  }

  private Map<String, String> compared(Map<String, String> there, Map<String, String> told) {
    Map<String, String> differing = new HashMap<>();
    for (String name : union(there, told)) {
      String known = told.getOrDefault(name, "");
      if (!known.equals(there.getOrDefault(name, ""))) {
        differing.put(name, known);
      }
    }
    boolean silent =
        differing.entrySet().stream()
            .anyMatch(entry -> Objects.equals(behind.get(entry.getKey()), entry.getValue()));
    if (silent) {
      LOG.log(
          Level.WARNING,
          "The watch of the snapshot Secrets tells nothing any more, although {0} of them changed: it is begun anew.",
          differing.size());
      watch.beginAnew();
      return Map.of();
    }
    return differing;
  }

  private static Set<String> union(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
