package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Account;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NavigableSet;

/**
 * What a journal says: its snapshot, and what was written after it.
 *
 * @param nextSegment the first segment that was not read
 * @param nextSequence of the first record that was not read
 * @param cut what could not be read after that, for the log; empty for nothing
 */
record Replay(Book book, long nextSegment, long nextSequence, String cut) {
  /**
   * Reads the snapshot and every segment after it.
   *
   * @param before the segment to stop before
   * @throws JournalUnusable when the snapshot is missing or damaged, or a version is unknown
   */
  static Replay read(JournalFolder folder, Account.Rules rules, long before) throws IOException {
    NavigableSet<Long> segments = folder.segments();
    Snapshot snapshot = Snapshot.read(folder, rules);
    if (snapshot == null) {
      if (!segments.isEmpty()) {
        throw folder.damaged(folder.snapshot(), "is missing, and there are files that follow it");
      }
      return new Replay(new Book(rules), 1, 1, "");
    }
    Book book = snapshot.book();
    long segment = snapshot.nextSegment();
    long sequence = snapshot.nextSequence();
    StringBuilder cut = new StringBuilder();
    for (long next : segments.subSet(segment, true, before, false)) {
      ByteBuffer records = Segment.records(folder, next, folder.read(folder.segment(next)));
      sequence = replay(folder, book, next, new RecordReader(records, sequence));
      int unread = unread(records);
      if (unread > 0) {
        cut.append(
            "%s: %d bytes after record %d; ".formatted(folder.segment(next), unread, sequence - 1));
      }
      segment = next + 1;
    }
    return new Replay(book, segment, sequence, cut.toString());
  }

  /** Bytes before the zeros at the end. */
  private static int unread(ByteBuffer records) {
    int end = records.limit();
    while (end > records.position() && records.get(end - 1) == 0) {
      end--;
    }
    return end - records.position();
  }

  private static long replay(JournalFolder folder, Book book, long segment, RecordReader reader)
      throws IOException {
    try {
      for (Change change = reader.next(); change != null; change = reader.next()) {
        book.apply(change);
      }
    } catch (RuntimeException contradiction) {
      // Its checksum is right, so this is no torn record: what it says cannot be.
      throw folder.damaged(
          folder.segment(segment),
          "contradicts itself at record %d (%s)".formatted(reader.sequence() - 1, contradiction));
    }
    return reader.sequence();
  }
}
