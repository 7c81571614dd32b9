package io.keyfront.cli.serve;

import io.keyfront.compiler.finding.Finding;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at a resource folder four times a second on a thread of its own and hands over its content
 * whenever it has changed. Polling works where file events do not: on network mounts and bind
 * mounts.
 */
public final class FolderWatcher implements AutoCloseable {
  /** Between two looks; a change is handed over after two to three of them. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private final ResourceFolder folder;
  private final Consumer<FolderContents> onChange;
  private final ScheduledExecutorService thread;
  private FolderContents lastGood;
  private WatchState state;
  private boolean lost;

  private FolderWatcher(
      ResourceFolder folder, Consumer<FolderContents> onChange, Duration interval) {
    this.folder = folder;
    this.onChange = onChange;
    this.lastGood = FolderContents.EMPTY;
    this.state = WatchState.using(Map.of());
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keyfront-resources").factory());
    look(true);
    var unused =
        thread.scheduleWithFixedDelay(
            this::lookSafely, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Hands over the folder's content once before it returns, then after each change. While the
   * folder cannot be read, the last content stays, with a finding that says so.
   *
   * @param onChange called by one thread at a time
   */
  public static FolderWatcher start(ResourceFolder folder, Consumer<FolderContents> onChange) {
    return new FolderWatcher(folder, onChange, INTERVAL);
  }

  private void lookSafely() {
    try {
      look(false);
    } catch (RuntimeException bug) {
      // The next look must come whatever happens: a scheduled task that throws is never run again.
      System.getLogger(FolderWatcher.class.getName())
          .log(Level.ERROR, "Looking at the resource folder failed.", bug);
    }
  }

  private void look(boolean first) {
    try {
      Map<String, FileStamp> stamps = folder.list();
      state = state.polled(stamps);
      if (first || lost || state.isDue()) {
        lastGood = folder.read(stamps);
        state = WatchState.using(stamps);
        lost = false;
        onChange.accept(lastGood);
      }
    } catch (IOException unreadable) {
      if (!lost) {
        lost = true;
        onChange.accept(new FolderContents(lastGood.files(), List.of(lostFinding())));
      }
    }
  }

  private Finding lostFinding() {
    return ResourceFolder.finding(
        folder.path().toString(),
        "the resource folder cannot be read; what was read last stays in force",
        "make it a folder that the user who runs Keyfront can read");
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
