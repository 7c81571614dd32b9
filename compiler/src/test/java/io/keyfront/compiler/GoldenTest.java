package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Folders of resources with the snapshot, findings and tokens that they must come to. {@code
 * -Dkeyfront.golden.write=true} writes them anew: read the difference before you commit it.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final boolean WRITE = Boolean.getBoolean("keyfront.golden.write");

  @TestFactory
  Stream<DynamicTest> resourcesComeToTheirSnapshotAndFindings() throws IOException {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      return folders
          .sorted()
          .map(
              folder ->
                  DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)))
          .toList()
          .stream();
    }
  }

  private static void check(Path folder) throws IOException {
    var inputs = GoldenInputs.read(folder);

    Map<String, String> outputs = GoldenOutputs.of(inputs);

    for (var output : outputs.entrySet()) {
      Path file = folder.resolve(output.getKey());
      if (WRITE) {
        Files.writeString(file, output.getValue());
      }
      assertThat(file).hasContent(output.getValue());
    }
    assertThat(folder).isDirectoryNotContaining(file -> isUnused(file, outputs));
  }

  private static boolean isUnused(Path file, Map<String, String> outputs) {
    String name = file.getFileName().toString();
    return !GoldenInputs.reads(name) && !outputs.containsKey(name);
  }
}
