package io.keyfront.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which Keyfront this is. */
public final class Version {
  /** As the build says, like {@code 0.1.0}. */
  public static final String CURRENT = read();

  private Version() {}

  private static String read() {
    try (InputStream text =
        Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
