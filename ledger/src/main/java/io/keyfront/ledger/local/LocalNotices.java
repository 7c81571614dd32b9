package io.keyfront.ledger.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keyfront.core.notice.NoticeStore;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Claims and marks of notices of one process. Marks are lines of a file, {@code until key}, which
 * is written anew, without those that are over, when it is opened and whenever it has doubled. A
 * claim needs no keeping: one process never asks for a notice that it is at, and what a killed one
 * had claimed is delivered after its next start.
 */
public final class LocalNotices implements NoticeStore, AutoCloseable {
  /** Marks beyond so many take the place of the oldest ones. */
  static final int MOST = 100_000;

  private static final int SPARE_LINES = 1_000;

  private final Path file;
  private final InstantSource clock;

  /** Until when each is remembered, oldest first. */
  private final Map<String, Instant> marks = new LinkedHashMap<>();

  private @Nullable FileChannel channel;
  private int lines;

  private LocalNotices(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws IOException when it cannot be read or written
   */
  public static LocalNotices open(Path file, InstantSource clock) throws IOException {
    LocalNotices notices = new LocalNotices(file, clock);
    if (Files.exists(file)) {
      Files.readAllLines(file, US_ASCII).forEach(notices::read);
      notices.rewrite();
    }
    return notices;
  }

  /** A line that a kill cut short names nothing; what it stood for is told again. */
  private void read(String line) {
    int blank = line.indexOf(' ');
    if (blank > 0 && line.endsWith(".")) {
      try {
        Instant until = Instant.ofEpochMilli(Long.parseLong(line.substring(0, blank)));
        marks.put(line.substring(blank + 1, line.length() - 1), until);
      } catch (NumberFormatException cutShort) {
        return;
      }
    }
  }

  @Override
  public synchronized CompletionStage<Claim> claim(String key, Duration lease) {
    Instant now = clock.instant();
    Instant remembered = marks.get(key);
    if (remembered != null && remembered.isAfter(now)) {
      return CompletableFuture.completedFuture(Claim.DELIVERED);
    }
    return CompletableFuture.completedFuture(Claim.MINE);
  }

  @Override
  public synchronized CompletionStage<Void> delivered(String key, Duration memory) {
    Instant until = clock.instant().plus(memory);
    marks.remove(key);
    if (marks.size() >= MOST) {
      marks.remove(marks.keySet().iterator().next());
    }
    marks.put(key, until);
    try {
      if (lines > 2 * marks.size() + SPARE_LINES) {
        rewrite();
      } else {
        append(line(key, until));
      }
      return CompletableFuture.completedFuture(null);
    } catch (IOException unwritable) {
      return CompletableFuture.failedFuture(unwritable);
    }
  }

  private static String line(String key, Instant until) {
    return until.toEpochMilli() + " " + key + ".\n";
  }

  private void append(String line) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = create(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      channel = open;
    }
    write(open, line);
    lines++;
  }

  /** Replaces the file whole. */
  private void rewrite() throws IOException {
    Instant now = clock.instant();
    marks.values().removeIf(until -> !until.isAfter(now));
    StringBuilder all = new StringBuilder();
    marks.forEach((key, until) -> all.append(line(key, until)));
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    close();
    try (FileChannel replacing = create(fresh, StandardOpenOption.CREATE_NEW)) {
      write(replacing, all.toString());
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    lines = marks.size();
  }

  private static void write(FileChannel open, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      open.write(bytes);
    }
    open.force(true);
  }

  private static FileChannel create(Path file, StandardOpenOption... how) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(how));
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    boolean owners = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return owners
        ? FileChannel.open(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : FileChannel.open(file, options, new FileAttribute<?>[0]);
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
