package io.keyfront.dataplane.source;

import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of parts: {@code <part name>/part} and {@code <part name>/sequence}, as a mounted Secret
 * gives it. Other names are passed over, as are the dotted ones through which a mount swaps its
 * content.
 */
final class PartFiles {
  static final String PART = "part";
  static final String SEQUENCE = "sequence";

  /** The sequence of a part without one. */
  private static final long FIRST = 1;

  private final Path folder;

  /** What tells one content of a part from another without reading it. */
  record Stamp(Object file, long millis, long bytes, String sequence) {}

  PartFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws IOException when the folder cannot be listed
   */
  Map<PartName, Stamp> stamps() throws IOException {
    Map<PartName, Stamp> stamps = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        PartName name = PartName.find(entry.getFileName().toString()).orElse(null);
        if (name != null && Files.isRegularFile(entry.resolve(PART))) {
          stamps.put(name, stamp(entry));
        }
      }
    }
    return stamps;
  }

  private static Stamp stamp(Path entry) throws IOException {
    Path part = entry.resolve(PART).toRealPath();
    BasicFileAttributes file =
        Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Stamp(part, file.lastModifiedTime().toMillis(), file.size(), sequenceText(entry));
  }

  /** The part's bytes, and one more where there are more than a part may have. */
  byte[] bytes(PartName name) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(name.toString()).resolve(PART))) {
      return in.readNBytes(PartCodec.MAX_BYTES + 1);
    }
  }

  /** A part without a sequence, or with one that is no number, counts as its first. */
  long sequence(PartName name) throws IOException {
    String text = sequenceText(folder.resolve(name.toString()));
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : FIRST;
  }

  private static String sequenceText(Path entry) throws IOException {
    Path file = entry.resolve(SEQUENCE);
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(32), StandardCharsets.US_ASCII).strip();
    }
  }
}
