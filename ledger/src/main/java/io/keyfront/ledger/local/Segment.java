package io.keyfront.ledger.local;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * One file of the journal, mapped into memory: what is appended is the operating system's at once,
 * without a system call. Its disk space is taken beforehand. It begins with a format's name (8
 * bytes), its version (4) and its own number (8); records follow, and zeros to the end.
 *
 * <p>One thread appends at a time; one other may force meanwhile.
 */
final class Segment {
  static final int HEAD = 20;
  static final int VERSION = 1;
  static final long MAGIC = 0x4b46_4c45_4447_4552L; // KFLEDGER

  private static final int CHUNK = 64 * 1024;

  private final long number;
  private final Arena arena;
  private final MemorySegment memory;
  private int end = HEAD;

  private Segment(long number, Arena arena, MemorySegment memory) {
    this.number = number;
    this.arena = arena;
    this.memory = memory;
  }

  /** Makes the file, with all of its space on the disk, in place of one that may be there. */
  static Segment create(JournalFolder folder, long number, int bytes, Fsync fsync)
      throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = folder.create(folder.segment(number))) {
      fill(channel, bytes);
      channel.write(
          ByteBuffer.allocate(HEAD).putLong(MAGIC).putInt(VERSION).putLong(number).flip(), 0);
      if (fsync != Fsync.NEVER) {
        channel.force(true);
        folder.force();
      }
      MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      return new Segment(number, arena, memory);
    } catch (IOException | RuntimeException failed) {
      arena.close();
      throw failed;
    }
  }

  private static void fill(FileChannel channel, int bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(CHUNK, bytes));
    for (long left = bytes; left > 0; left -= zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), left));
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
    }
  }

  long number() {
    return number;
  }

  int left() {
    return (int) memory.byteSize() - end;
  }

  int size() {
    return (int) memory.byteSize();
  }

  void append(byte[] record, int length) {
    MemorySegment.copy(record, 0, memory, ValueLayout.JAVA_BYTE, end, length);
    end += length;
  }

  /** Waits until the disk has all that was appended before. */
  void force() {
    memory.force();
  }

  /** Ends the mapping; nothing may be appended or forced any more. */
  void close() {
    arena.close();
  }

  /** The records of a segment's content. */
  static ByteBuffer records(JournalFolder folder, long number, byte[] content)
      throws JournalUnusable {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    if (content.length < HEAD || buffer.getLong(0) == 0) {
      // Its maker was killed before there could be a record.
      return buffer;
    }
    int version = buffer.getInt(Long.BYTES);
    if (buffer.getLong(0) == MAGIC && version != VERSION) {
      throw folder.foreignVersion(folder.segment(number), version, VERSION);
    }
    if (buffer.getLong(0) != MAGIC || buffer.getLong(Long.BYTES + Integer.BYTES) != number) {
      throw folder.damaged(
          folder.segment(number), "is damaged, or no file of the ledger's journal");
    }
    return buffer.position(HEAD);
  }
}
