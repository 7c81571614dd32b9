package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Account;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All accounts at one moment, as a file that is replaced whole: a format's name (8 bytes), its
 * version (4), the first segment that follows (8), the sequence of its first record (8), how many
 * accounts (4), these, and the CRC-32C of all that (4).
 */
record Snapshot(Book book, long nextSegment, long nextSequence) {
  private static final long MAGIC = 0x4b46_534e_4150_5348L; // KFSNAPSH

  /** The format's name and version. */
  private static final int NAMED = 12;

  /** A snapshot without accounts. */
  private static final int LEAST = 36;

  private static final int BUFFER = 64 * 1024;

  /** Returns when the disk has it. */
  void write(JournalFolder folder) throws IOException {
    Path file = folder.newSnapshot();
    try (FileChannel channel = folder.create(file)) {
      CheckedOutputStream checked =
          new CheckedOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), new CRC32C());
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER));
      write(out);
      out.flush();
      out.writeInt((int) checked.getChecksum().getValue());
      out.flush();
      channel.force(true);
    }
    Files.move(file, folder.snapshot(), StandardCopyOption.ATOMIC_MOVE);
    folder.force();
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(MAGIC);
    out.writeInt(ImageFormat.VERSION);
    out.writeLong(nextSegment);
    out.writeLong(nextSequence);
    out.writeInt(book.size());
    for (Entry entry : book.entries()) {
      ImageFormat.write(out, entry.account.image());
    }
  }

  /**
   * @return null when there is none
   * @throws JournalUnusable when it is damaged or of another version
   */
  static @Nullable Snapshot read(JournalFolder folder, Account.Rules rules) throws IOException {
    Path file = folder.snapshot();
    if (!Files.exists(file)) {
      return null;
    }
    try (DataInputStream in = open(folder)) {
      check(folder, in, version(folder, in));
    }
    try (DataInputStream in = open(folder)) {
      return read(in, version(folder, in), rules);
    } catch (RuntimeException contradiction) {
      throw folder.damaged(file, "contradicts itself (" + contradiction + ")");
    }
  }

  /** A file after its format's name. */
  private static DataInputStream open(JournalFolder folder) throws IOException {
    Path file = folder.snapshot();
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    if (Files.size(file) < LEAST || in.readLong() != MAGIC) {
      in.close();
      throw folder.damaged(file, "is damaged, or no snapshot of the ledger");
    }
    return in;
  }

  private static int version(JournalFolder folder, DataInputStream in) throws IOException {
    int version = in.readInt();
    if (version < 1 || version > ImageFormat.VERSION) {
      throw folder.foreignVersion(folder.snapshot(), version, ImageFormat.VERSION);
    }
    return version;
  }

  private static void check(JournalFolder folder, DataInputStream in, int version)
      throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
    checked.getChecksum().update(ByteBuffer.allocate(NAMED).putLong(MAGIC).putInt(version).flip());
    checked.skipNBytes(Files.size(folder.snapshot()) - NAMED - Integer.BYTES);
    int expected = (int) checked.getChecksum().getValue();
    if (in.readInt() != expected) {
      throw folder.damaged(folder.snapshot(), "is damaged: its checksum is wrong");
    }
  }

  private static Snapshot read(DataInputStream in, int version, Account.Rules rules)
      throws IOException {
    long segment = in.readLong();
    long sequence = in.readLong();
    Book book = new Book(rules);
    for (int left = in.readInt(); left > 0; left--) {
      book.restore(ImageFormat.read(in, version));
    }
    return new Snapshot(book, segment, sequence);
  }
}
