package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Account;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Replaces the snapshot and the full segments after it by a newer snapshot. It does so by replaying
 * them, on a thread of its own, as a restart would: it takes no lock that a call waits for, and
 * needs the memory of the accounts a second time while it runs.
 */
final class Compaction {
  private static final System.Logger LOG = System.getLogger(Compaction.class.getName());

  private final JournalFolder folder;
  private final JournalOptions options;
  private final Account.Rules rules;
  private final ExecutorService thread;
  private final AtomicBoolean running = new AtomicBoolean();

  /** The first segment that is not in the snapshot. */
  private volatile long first;

  /** The first segment that was not full when last heard of. */
  private volatile long open;

  Compaction(
      JournalFolder folder,
      JournalOptions options,
      Account.Rules rules,
      ExecutorService thread,
      long first) {
    this.folder = folder;
    this.options = options;
    this.rules = rules;
    this.thread = thread;
    this.first = first;
  }

  /**
   * Compacts if it is worth it: when full segments take the bytes that the options name, and no
   * less than the snapshot that is to be rewritten.
   *
   * @param notFull the first segment that is not full
   */
  void consider(long notFull) {
    open = Math.max(open, notFull);
    consider();
  }

  private void consider() {
    long bytes = (open - first) * options.segmentBytes();
    if (bytes >= options.compactBytes()
        && bytes >= snapshotBytes()
        && !thread.isShutdown()
        && running.compareAndSet(false, true)) {
      thread.execute(this::run);
    }
  }

  private long snapshotBytes() {
    try {
      return Files.size(folder.snapshot());
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private void run() {
    try {
      compact(open);
      running.set(false);
      // Segments that filled up meanwhile.
      consider();
    } catch (IOException | RuntimeException failed) {
      LOG.log(
          Level.WARNING,
          "The ledger's journal could not be compacted; it goes on growing.",
          failed);
      running.set(false);
    }
  }

  private void compact(long before) throws IOException {
    Replay replay = Replay.read(folder, rules, before);
    if (!replay.cut().isEmpty()) {
      throw new IOException("Unreadable while it is being written: " + replay.cut());
    }
    new Snapshot(replay.book(), before, replay.nextSequence()).write(folder);
    first = before;
    folder.deleteSegmentsBefore(before);
  }
}
