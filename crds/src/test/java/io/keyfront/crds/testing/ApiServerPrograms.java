package io.keyfront.crds.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the programs of a real API server: the system property or environment variable {@value
 * #DIR}, else what {@code ../shared/kube/kube api-dir} beside the repository unpacks.
 */
final class ApiServerPrograms {
  static final String DIR = "KUBE_API_TEST_DIR";
  static final String VERSION = "1.34.4";

  private static final Path COMMAND = Path.of("shared", "kube", "kube");

  private ApiServerPrograms() {}

  /** The folder that holds {@code k8s/<version>-<platform>}; empty where none is at hand. */
  static Optional<Path> find() {
    return Stream.of(System.getProperty(DIR), System.getenv(DIR))
        .filter(dir -> dir != null && !dir.isBlank())
        .map(Path::of)
        .findFirst()
        .or(() -> command().map(ApiServerPrograms::unpacked));
  }

  /** The folder of the build's root, which holds the modules. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return ancestors(here)
        .filter(dir -> Files.exists(dir.resolve("pom.xml")))
        .reduce((inner, outer) -> outer)
        .orElse(here);
  }

  private static Optional<Path> command() {
    return Stream.concat(Stream.of(root()), mainCheckout().stream())
        .map(checkout -> checkout.resolveSibling(COMMAND))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A worktree lies anywhere; its {@code .git} is a file that names the checkout it belongs to. */
  private static Optional<Path> mainCheckout() {
    Path git = root().resolve(".git");
    try {
      return Files.isRegularFile(git)
          ? Optional.of(Path.of(Files.readString(git).strip().replaceFirst("^gitdir: ", "")))
              .map(dir -> dir.resolve("../../..").normalize())
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path unpacked(Path command) {
    try {
      Process process =
          new ProcessBuilder(command.toString(), "api-dir")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0 || lines.isEmpty()) {
        throw new IllegalStateException("'" + command + " api-dir' failed: run it by hand.");
      }
      return Path.of(lines.lines().toList().getLast());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while programs were unpacked.", stopped);
    }
  }

  private static Stream<Path> ancestors(Path start) {
    return Stream.iterate(start, dir -> dir != null, Path::getParent);
  }
}
