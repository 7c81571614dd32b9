package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Micros;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A {@link LocalLedger} and the folder that it is kept in, for one process at a time. In it are a
 * snapshot of all accounts and the segments that were written after it; see {@link JournalOptions}
 * for how large they grow.
 */
public final class Journal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());
  private static final int FORCE_MILLIS = 100;
  private static final int SWEEP_SECONDS = 1;
  private static final int STOP_SECONDS = 10;

  /** So long nobody used a session's account that is forgotten at a start. */
  static final Duration SESSION_MEMORY = Duration.ofDays(400);

  private final JournalFolder folder;
  private final Book book;
  private final JournalWriter writer;
  private final LocalLedger ledger;
  private final ScheduledExecutorService thread;
  private final ExecutorService compactor;
  private final int inDoubt;

  private Journal(JournalOptions options, InstantSource clock, Opening opening) throws IOException {
    this.folder = opening.folder();
    this.book = opening.book();
    this.inDoubt = opening.inDoubt();
    this.thread = Executors.newSingleThreadScheduledExecutor(named("keyfront-journal"));
    this.compactor = Executors.newSingleThreadExecutor(named("keyfront-compaction"));
    Compaction compaction =
        new Compaction(folder, options, LocalLedger.RULES, compactor, opening.segment());
    this.writer =
        new JournalWriter(
            folder, options, thread, compaction::consider, opening.segment(), opening.sequence());
    writer.prepare();
    this.ledger = new LocalLedger(clock, book, writer, LocalLedger.MOST_ACCOUNTS);
    var unused =
        thread.scheduleWithFixedDelay(this::each, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    if (options.fsync() == Fsync.INTERVAL) {
      var unused2 =
          thread.scheduleWithFixedDelay(
              writer::force, FORCE_MILLIS, FORCE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }

  /**
   * Opens a journal, made where it is missing. What is still held in it is charged in full.
   *
   * @throws JournalUnusable when it cannot be read: the message says which file, and what to do
   * @throws IOException when the folder cannot be read or written
   */
  public static Journal open(JournalOptions options, InstantSource clock) throws IOException {
    return new Journal(options, clock, Opening.of(new JournalFolder(options.folder()), clock));
  }

  /** What was read, and stored anew: the writer begins with this segment and sequence. */
  private record Opening(
      JournalFolder folder, Book book, long segment, long sequence, int inDoubt) {
    static Opening of(JournalFolder folder, InstantSource clock) throws IOException {
      folder.make();
      Replay replay = Replay.read(folder, LocalLedger.RULES, Long.MAX_VALUE);
      if (!replay.cut().isEmpty()) {
        LOG.log(Level.WARNING, "The ledger''s journal ends before its files do: {0}", replay.cut());
      }
      int inDoubt = replay.book().settleInDoubt(Micros.of(clock.instant()));
      Book book = replay.book().withoutUnused(SESSION_MEMORY);
      long segment = replay.nextSegment();
      new Snapshot(book, segment, replay.nextSequence()).write(folder);
      folder.deleteSegmentsBefore(segment);
      return new Opening(folder, book, segment, replay.nextSequence(), inDoubt);
    }
  }

  public LocalLedger ledger() {
    return ledger;
  }

  /** How many calls were held by the process before, and are charged in full. */
  public int inDoubt() {
    return inDoubt;
  }

  private void each() {
    try {
      ledger.sweep();
      writer.prepare();
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "The ledger's sweep failed; the next one is in a second.", failed);
    }
  }

  /** Ends the ledger and stores all of it as a snapshot, for a quick start. */
  @Override
  public void close() {
    ledger.end();
    compactor.shutdown();
    thread.shutdown();
    try {
      boolean ended =
          compactor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)
              && thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      writer.close();
      if (ended) {
        new Snapshot(book, writer.nextSegment(), writer.nextSequence()).write(folder);
        folder.deleteSegmentsBefore(writer.nextSegment());
      }
    } catch (IOException unwritable) {
      LOG.log(
          Level.WARNING,
          "The ledger''s snapshot could not be stored; its journal is whole: {0}",
          unwritable.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
