package io.keyfront.ledger.local;

import java.nio.file.Path;

/**
 * Where a ledger's journal is and how it is kept.
 *
 * @param folder of its own; made where it is missing
 * @param segmentBytes the size of one of its files, 64 KiB to 1 GiB
 * @param compactBytes how many bytes of full files make it compact them into its snapshot; the
 *     journal takes at most these, its snapshot twice, and four files more
 */
public record JournalOptions(Path folder, Fsync fsync, int segmentBytes, long compactBytes) {
  private static final int LEAST = 64 * 1024;
  private static final int MOST = 1 << 30;

  /**
   * @throws IllegalArgumentException when a size is out of range
   */
  public JournalOptions {
    if (segmentBytes < LEAST || segmentBytes > MOST) {
      throw new IllegalArgumentException(
          "A journal's file of %d bytes: give %d to %d.".formatted(segmentBytes, LEAST, MOST));
    }
    if (compactBytes < segmentBytes) {
      throw new IllegalArgumentException(
          "A journal compacted each %d bytes: give at least one file's size, %d."
              .formatted(compactBytes, segmentBytes));
    }
  }

  /** Files of 8 MiB, compacted when four are full, forced to the disk each 100 ms. */
  public static JournalOptions in(Path folder) {
    return new JournalOptions(folder, Fsync.INTERVAL, 8 << 20, 32L << 20);
  }

  public JournalOptions withFsync(Fsync other) {
    return new JournalOptions(folder, other, segmentBytes, compactBytes);
  }

  public JournalOptions withSizes(int segment, long compact) {
    return new JournalOptions(folder, fsync, segment, compact);
  }
}
