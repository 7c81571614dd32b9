package io.keyfront.cli.serve;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a server in a cluster takes its configuration from. */
public sealed interface SnapshotSource {
  /** The snapshot Secrets of a namespace, watched. */
  record Secrets(String namespace) implements SnapshotSource {
    @Override
    public String toString() {
      return "the snapshot Secrets in namespace " + namespace;
    }
  }

  /** A folder of parts, watched: mounted Secrets. */
  record Dir(Path path) implements SnapshotSource {
    @Override
    public String toString() {
      return "the parts in " + path;
    }
  }

  /**
   * Reads {@code secrets:<namespace>} or {@code dir:<path>}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static SnapshotSource parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon);
    String place = text.substring(colon + 1);
    if (kind.equals("secrets") && place.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      return new Secrets(place);
    }
    if (kind.equals("dir") && Files.isDirectory(Path.of(place))) {
      return new Dir(Path.of(place));
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no source: write secrets:<namespace>, or dir:<path> of a folder that is there.");
  }
}
