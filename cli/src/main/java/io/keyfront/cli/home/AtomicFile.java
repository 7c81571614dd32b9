package io.keyfront.cli.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A small file that is replaced whole: whoever reads it, and whenever the machine stops, there is
 * the old content or the new, never a part. Readable by its owner only, where the file system knows
 * owners. One writer at a time.
 */
final class AtomicFile {
  /** How far a write has come. */
  enum Step {
    WRITTEN,
    FORCED,
    RENAMED
  }

  /** Owner may read and write, nobody else. */
  static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

  private static final int LIMIT = 64 * 1024 * 1024;

  private final Path path;
  private final Consumer<Step> onStep;

  AtomicFile(Path path) {
    this(path, step -> {});
  }

  /**
   * @param onStep told after each step of a write; what it throws ends the write there
   */
  AtomicFile(Path path, Consumer<Step> onStep) {
    this.path = path;
    this.onStep = onStep;
  }

  Path path() {
    return path;
  }

  /**
   * @return the content; empty when there is no such file
   */
  Optional<byte[]> read() throws IOException {
    try {
      if (Files.size(path) > LIMIT) {
        throw new IOException(path + " has more than " + LIMIT + " bytes");
      }
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  void write(byte[] content) throws IOException {
    Path temporary = path.resolveSibling("." + path.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    var options =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(temporary, options, ownerOnly(path))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      onStep.accept(Step.WRITTEN);
      channel.force(true);
    }
    onStep.accept(Step.FORCED);
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    onStep.accept(Step.RENAMED);
    forceFolder(path.resolveSibling(".").normalize());
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  /** The attribute that makes a new file its owner's alone; none where that is not known. */
  static FileAttribute<?>[] ownerOnly(Path path) {
    return knowsOwners(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Makes the rename last; some systems cannot open a folder, and need not. */
  private static void forceFolder(Path folder) {
    Path named = folder.toString().isEmpty() ? Path.of(".") : folder;
    try (FileChannel channel = FileChannel.open(named, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notNeededHere) {
      // Windows refuses; its file system orders the rename by itself.
    }
  }
}
