package io.keyfront.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/**
 * A folder of expected outputs. {@code mvn test -Dkeyfront.golden.update=true} writes what the code
 * says now; read the difference before committing it. After all comparisons {@link #assertAllUsed}
 * fails on a file that none of them read.
 */
public final class GoldenFolder {
  /** The system property that rewrites the files. */
  public static final String UPDATE = "keyfront.golden.update";

  private final Path folder;
  private final boolean update;
  private final Set<Path> used = ConcurrentHashMap.newKeySet();

  GoldenFolder(Path folder, boolean update) {
    this.folder = folder;
    this.update = update;
  }

  /** A folder below the module's {@code src/test/resources}. */
  public static GoldenFolder ofTestResources(String name) {
    return of(Path.of("src", "test", "resources").resolve(name));
  }

  public static GoldenFolder of(Path folder) {
    return new GoldenFolder(folder, Boolean.getBoolean(UPDATE));
  }

  /** The file's text must be this; line ends count. */
  public void assertMatches(String file, String actual) {
    Path path = folder.resolve(file);
    used.add(path.normalize());
    try {
      if (update) {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, actual);
      }
      Assertions.assertThat(path).describedAs("golden file; -D%s=true writes it", UPDATE).exists();
      Assertions.assertThat(actual)
          .describedAs("against %s; -D%s=true rewrites it", path, UPDATE)
          .isEqualTo(Files.readString(path, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No file lies here that nothing was compared with. */
  public void assertAllUsed() {
    Assertions.assertThat(unused()).describedAs("golden files that no test uses").isEmpty();
  }

  private Set<Path> unused() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(Path::normalize)
          .filter(path -> !used.contains(path))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
