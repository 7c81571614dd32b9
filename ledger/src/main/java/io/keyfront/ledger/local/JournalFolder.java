package io.keyfront.ledger.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of a journal's files. All are their owner's alone, where the file system knows owners.
 */
record JournalFolder(Path path) {
  private static final String SEGMENT = "segment-";
  private static final String JOURNAL = ".journal";

  void make() throws IOException {
    Files.createDirectories(path, access("rwx------"));
    Files.deleteIfExists(newSnapshot());
  }

  Path snapshot() {
    return path.resolve("snapshot");
  }

  Path newSnapshot() {
    return path.resolve(".snapshot.new");
  }

  Path segment(long number) {
    return path.resolve("%s%012d%s".formatted(SEGMENT, number, JOURNAL));
  }

  /** The numbers of the segments that are there. */
  NavigableSet<Long> segments() throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path, SEGMENT + "[0-9]*" + JOURNAL)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String number = name.substring(SEGMENT.length(), name.length() - JOURNAL.length());
        try {
          numbers.add(Long.parseLong(number));
        } catch (NumberFormatException foreign) {
          throw new JournalUnusable(
              file + " is no file of the ledger's journal: move it elsewhere.");
        }
      }
    }
    return numbers;
  }

  void deleteSegmentsBefore(long number) throws IOException {
    for (long old : segments().headSet(number, false)) {
      Files.deleteIfExists(segment(old));
    }
  }

  /** Opens a new file, in place of one that may be there. */
  FileChannel create(Path file) throws IOException {
    Files.deleteIfExists(file);
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    options.add(StandardOpenOption.CREATE_NEW);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, access("rw-------"));
  }

  private FileAttribute<?>[] access(String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes new names last; some systems cannot open a folder, and need not. */
  void force() {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notNeededHere) {
      // Windows refuses; its file system orders renames by itself.
    }
  }

  /** What to do about a file that cannot be trusted. */
  JournalUnusable damaged(Path file, String what) {
    return new JournalUnusable(
        "%s %s. Put back a copy of the folder %s, or delete it whole: the ledger then begins with nothing spent."
            .formatted(file, what, path));
  }

  JournalUnusable foreignVersion(Path file, int version, int known) {
    return new JournalUnusable(
        "%s has format %d, and this Keyfront knows none above %d: start the Keyfront that wrote it, or move the folder %s elsewhere to begin with nothing spent."
            .formatted(file, version, known, path));
  }

  byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
