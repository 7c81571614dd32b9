package io.keyfront.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code e2e/mutations} breaks is still there to be broken. */
class MutationsTest {
  private static final Path E2E = Path.of("").toAbsolutePath();

  static List<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(E2E.resolve("src/mutations"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("patches")
  void everyMutationStillFitsTheSource(Path patch) throws IOException {
    List<String> lines = Files.readAllLines(patch);
    String file =
        lines.stream().filter(line -> line.startsWith("--- a/")).findFirst().orElseThrow();
    String source = Files.readString(E2E.resolveSibling(file.substring("--- a/".length())));

    assertThat(hunks(lines)).isNotEmpty().filteredOn(hunk -> !source.contains(hunk)).isEmpty();
  }

  /** The text that each of them replaces. */
  private static List<String> hunks(List<String> patch) {
    List<StringBuilder> hunks = new ArrayList<>();
    for (String line : patch) {
      if (line.startsWith("@@")) {
        hunks.add(new StringBuilder());
      } else if (!hunks.isEmpty() && !line.startsWith("+") && !line.isEmpty()) {
        hunks.getLast().append(line.substring(1)).append('\n');
      }
    }
    return hunks.stream().map(StringBuilder::toString).toList();
  }
}
