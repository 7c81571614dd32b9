package io.keyfront.cli.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server out of the home folder. The lock is the system's, so it goes with its
 * process, however that ends; the file only says who holds it.
 */
final class HomeLock implements AutoCloseable {
  private static final int PID_DIGITS = 20;

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws HomeUnusable when another process holds it; the message names its process id
   */
  static HomeLock take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            AtomicFile.ownerOnly(file));
    if (tryLock(channel) == null) {
      String holder = holder(channel);
      channel.close();
      throw new HomeUnusable(
          "The home folder %s is in use by another Keyfront server%s. Stop that one, or give this one a folder of its own with --home."
              .formatted(file.toAbsolutePath().getParent(), holder));
    }
    channel.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(pid), 0);
    return new HomeLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(PID_DIGITS);
    channel.read(pid, 0);
    String digits = StandardCharsets.US_ASCII.decode(pid.flip()).toString();
    return digits.matches("[0-9]+") ? " (process " + digits + ")" : "";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
