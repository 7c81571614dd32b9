package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Settlement;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends changes to the journal's segments. The ledger's lock guards all that appends; what waits
 * for the disk happens on the journal's own thread.
 */
final class JournalWriter implements ChangeLog {
  private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());

  /** A record may take this part of a segment at most. */
  private static final int RECORDS = 16;

  private final JournalFolder folder;
  private final JournalOptions options;
  private final ScheduledExecutorService thread;

  /** Told the first segment that is not full, after each that is. */
  private final LongConsumer onFull;

  private final RecordWriter record = new RecordWriter();
  private final Queue<Segment> full = new ConcurrentLinkedQueue<>();
  private volatile Segment current;
  private volatile @Nullable Segment spare;

  /** Of the next record. */
  private long sequence;

  private final AtomicBoolean dirty = new AtomicBoolean();
  private volatile @Nullable String broken;
  private long lost;

  private final Object waiting = new Object();

  /** Completed by the next forcing; null while nobody waits for it. */
  private @Nullable CompletableFuture<Void> batch;

  /**
   * @param first its number; the one after it is made by {@link #prepare}
   */
  JournalWriter(
      JournalFolder folder,
      JournalOptions options,
      ScheduledExecutorService thread,
      LongConsumer onFull,
      long first,
      long sequence)
      throws IOException {
    this.folder = folder;
    this.options = options;
    this.thread = thread;
    this.onFull = onFull;
    this.sequence = sequence;
    this.current = Segment.create(folder, first, options.segmentBytes(), options.fsync());
  }

  /** Makes the next segment before it is needed, if there is none yet. On the journal's thread. */
  void prepare() {
    if (spare != null) {
      return;
    }
    try {
      spare = Segment.create(folder, current.number() + 1, options.segmentBytes(), options.fsync());
      broken = null;
    } catch (IOException | RuntimeException unwritable) {
      if (broken == null) {
        LOG.log(
            Level.ERROR, "The ledger's journal cannot grow; calls are refused soon.", unwritable);
      }
      broken = "The ledger's journal in %s cannot grow: %s.".formatted(folder.path(), unwritable);
    }
  }

  @Override
  public @Nullable String refusal(HoldRequest request) {
    if (spare == null && current.left() < current.size() / 2) {
      // The rest is for the settlements of what is in flight.
      return broken == null ? "The ledger's journal waits for the disk." : broken;
    }
    int bytes = RecordWriter.textBound(request.id().callId());
    for (int index = 0; index < request.claims().size(); index++) {
      Claim claim = request.claims().get(index);
      bytes += 32 + RecordWriter.textBound(claim.account().id());
    }
    return bytes < options.segmentBytes() / RECORDS
        ? null
        : "The ids of a call and its accounts take %d bytes: the ledger's journal takes %d at most."
            .formatted(bytes, options.segmentBytes() / RECORDS);
  }

  @Override
  public void opened(Entry entry) {
    record.opened(entry.number, entry.account.id());
    append();
  }

  @Override
  public void placed(long now, HoldId call, Amount amount, Party party) {
    record.placed(now, call, amount, party);
    append();
  }

  @Override
  public void settled(long now, HoldId call, long admitted, Settlement settlement, Party party) {
    record.settled(now, call, admitted, settlement, party);
    append();
  }

  @Override
  public void renewed(long now, HoldId call, Party party) {
    if (spare != null || current.left() > current.size() / 4) {
      record.renewed(now, call, party);
      append();
    }
  }

  @Override
  public void touched(long now, Entry entry) {
    record.touched(now, entry.number);
    append();
  }

  private void append() {
    int length = record.seal(sequence);
    if (length > current.left() && !turn()) {
      if (lost++ == 0) {
        LOG.log(
            Level.ERROR,
            "The ledger's journal is full: what is settled now is in doubt after a restart.");
      }
      return;
    }
    current.append(record.bytes(), length);
    sequence++;
    dirty.set(true);
  }

  /** Goes on in the next segment; false when there is none. */
  private boolean turn() {
    Segment next = spare;
    if (next == null) {
      return false;
    }
    full.add(current);
    current = next;
    spare = null;
    thread.execute(
        () -> {
          force();
          prepare();
          onFull.accept(next.number());
        });
    return true;
  }

  @Override
  public @Nullable CompletableFuture<Void> safe() {
    if (options.fsync() != Fsync.ALWAYS) {
      return null;
    }
    synchronized (waiting) {
      if (batch == null) {
        batch = new CompletableFuture<>();
        thread.execute(this::force);
      }
      return batch;
    }
  }

  /** Forces what was appended so far, and gives full segments back. On the journal's thread. */
  void force() {
    CompletableFuture<Void> waiters;
    synchronized (waiting) {
      waiters = batch;
      batch = null;
    }
    try {
      forceSegments();
      if (waiters != null) {
        waiters.complete(null);
      }
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "The ledger's journal could not be forced to the disk.", failed);
      if (waiters != null) {
        waiters.completeExceptionally(failed);
      }
    }
  }

  private void forceSegments() {
    // Read first: a segment that is full by the time the queue is read is in it.
    Segment open = current;
    boolean changed = dirty.getAndSet(false);
    for (Segment old = full.poll(); old != null; old = full.poll()) {
      if (options.fsync() != Fsync.NEVER) {
        old.force();
      }
      old.close();
      if (old == open) {
        open = current;
      }
    }
    if (changed && options.fsync() != Fsync.NEVER) {
      open.force();
    }
  }

  /** The first segment that nothing is in, and the sequence of its first record. */
  long nextSequence() {
    return sequence;
  }

  /** The number of the segment after the last one that may hold records. */
  long nextSegment() {
    return current.number() + 1;
  }

  /** Unmaps what is mapped. On the journal's thread, after the last change. */
  void close() {
    force();
    current.close();
    Segment unused = spare;
    if (unused != null) {
      unused.close();
    }
  }
}
