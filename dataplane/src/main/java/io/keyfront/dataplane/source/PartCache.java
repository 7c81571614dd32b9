package io.keyfront.dataplane.source;

import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Publication;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keeps the last good parts in a folder, so that a proxy that starts anew while the API server is
 * away serves. Nothing in it is encrypted: it belongs into memory (docs/adr/0015). Files are
 * replaced whole, 0600.
 */
public final class PartCache implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PartCache.class.getName());
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int CLOSE_SECONDS = 2;

  private final Path folder;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("keyfront-cache").unstarted(work));
  private boolean failing;

  private PartCache(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps from now on what {@code live} takes over.
   *
   * @throws IOException when the folder cannot be made
   */
  public static PartCache keep(Path folder, LiveSnapshot live) throws IOException {
    Files.createDirectories(folder, DIRECTORY);
    PartCache cache = new PartCache(folder);
    live.onSwap(swap -> cache.thread.execute(() -> cache.store(swap)));
    return cache;
  }

  private void store(Swap swap) {
    try {
      for (Publication part : swap.accepted()) {
        Path entry = folder.resolve(part.name().toString());
        Files.createDirectories(entry, DIRECTORY);
        // The sequence last: what is cut short counts as the older one.
        replace(entry.resolve(PartFiles.PART), part.bytes());
        replace(
            entry.resolve(PartFiles.SEQUENCE),
            Long.toString(part.sequence()).getBytes(StandardCharsets.US_ASCII));
      }
      remove(swap.removed());
      failing = false;
    } catch (IOException | RuntimeException unwritable) {
      if (!failing) {
        LOG.log(
            Level.WARNING,
            "The snapshot cache {0} cannot be written: {1}. Calls are served all the same.",
            folder,
            unwritable.toString());
      }
      failing = true;
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path fresh = Files.createTempFile(file.getParent(), ".new", "", FILE);
    try {
      Files.write(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private void remove(Set<PartName> names) throws IOException {
    for (PartName name : names) {
      Path entry = folder.resolve(name.toString());
      if (Files.isDirectory(entry)) {
        try (Stream<Path> files = Files.list(entry)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(entry);
      }
    }
  }

  /** Ends after what was taken over is stored. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
