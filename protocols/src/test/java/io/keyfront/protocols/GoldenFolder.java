package io.keyfront.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Cases as folders under {@code src/test/resources/golden}; a file that no test reads is a mistake.
 */
public final class GoldenFolder {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private final Path root;
  private final Set<Path> read = new TreeSet<>();

  public GoldenFolder(String name) {
    root = GOLDEN.resolve(name);
  }

  /** The names of the cases. */
  public List<String> cases() {
    try (Stream<Path> folders = Files.list(root)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean has(String name, String file) {
    return Files.exists(root.resolve(name).resolve(file));
  }

  public byte[] bytes(String name, String file) {
    Path path = root.resolve(name).resolve(file);
    read.add(path);
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** UTF-8 text. */
  public String text(String name, String file) {
    return new String(bytes(name, file), StandardCharsets.UTF_8);
  }

  /** To be called when every case has run. */
  public void assertThatEveryFileWasRead() {
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(read)
          .containsExactlyElementsOf(files.filter(Files::isRegularFile).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
