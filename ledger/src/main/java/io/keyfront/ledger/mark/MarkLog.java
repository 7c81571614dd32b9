package io.keyfront.ledger.mark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The file of a {@link MarkFile}: its format's name (8 bytes) and version (4), then records. For
 * one thread.
 */
final class MarkLog {
  private static final long MAGIC = 0x4b46_4d41_524b_5300L; // KFMARKS
  private static final int VERSION = 1;
  private static final int HEAD = 12;

  /** A file so small is left as it is. */
  private static final long SMALL = 256 * 1024;

  private final Path folder;
  private FileChannel channel;
  private long end;

  /** Its size when it was last written anew. */
  private long whole;

  private MarkLog(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static MarkLog in(Path folder) throws IOException {
    Files.createDirectories(folder, access(folder, "rwx------"));
    Files.deleteIfExists(folder.resolve(".marks.new"));
    MarkLog log = new MarkLog(folder, open(folder, folder.resolve("marks")));
    if (log.channel.size() < HEAD) {
      log.begin();
    }
    return log;
  }

  private static FileChannel open(Path folder, Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, access(folder, "rw-------"));
  }

  private static FileAttribute<?>[] access(Path folder, String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private void begin() throws IOException {
    write(ByteBuffer.allocate(HEAD).putLong(MAGIC).putInt(VERSION).flip(), 0);
    channel.force(true);
    end = HEAD;
    forceFolder();
  }

  Path folder() {
    return folder;
  }

  /** Reads every record that is whole, and cuts off what is after it. */
  void read(Consumer<MarkRecord> records) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
      // What is read moves the position.
    }
    content.flip();
    if (content.getLong() != MAGIC || content.getInt() != VERSION) {
      throw new MarksUnusable(
          "%s is of another format, or no file of marks: start the Keyfront that wrote it, or move it elsewhere; Redis then must not lose its data."
              .formatted(folder.resolve("marks")));
    }
    for (MarkRecord next = MarkRecord.read(content);
        next != null;
        next = MarkRecord.read(content)) {
      records.accept(next);
    }
    end = content.position();
    whole = end;
    channel.truncate(end);
  }

  /** Appends, and returns when the disk has it. What failed is written over by the next. */
  void append(List<MarkRecord> records) throws IOException {
    long at = end;
    for (MarkRecord record : records) {
      at = write(record.bytes(), at);
    }
    channel.force(false);
    end = at;
  }

  private long write(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    return at;
  }

  boolean isMostlyPast() {
    return end > SMALL && end > 4 * whole;
  }

  /** Puts a new file in place of this one. */
  void rewrite(List<MarkRecord> records) throws IOException {
    Path fresh = folder.resolve(".marks.new");
    Files.deleteIfExists(fresh);
    MarkLog next = new MarkLog(folder, open(folder, fresh));
    try {
      next.begin();
      next.append(records);
      Files.move(fresh, folder.resolve("marks"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      next.channel.close();
      throw failed;
    }
    forceFolder();
    channel.close();
    channel = next.channel;
    end = next.end;
    whole = end;
  }

  private void forceFolder() {
    try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
      open.force(true);
    } catch (IOException notNeededHere) {
      // Windows refuses; its file system orders renames by itself.
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException forced) {
      // All of it is on the disk already.
    }
  }
}
