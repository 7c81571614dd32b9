package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.read.Parsed;
import io.keyfront.compiler.read.ResourceReader;
import io.keyfront.compiler.resource.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SamplesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TestFactory
  Stream<DynamicTest> everySampleCompilesWithoutAnyFinding() throws IOException {
    return folders().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> compilesWithoutFinding(folder)));
  }

  @Test
  void everySampleIsInTheIndex() throws IOException {
    String index = Files.readString(SAMPLES.resolve("README.md"));

    assertThat(folders())
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(index)
                    .contains("[" + folder.getFileName() + "](" + folder.getFileName() + ")"));
  }

  private static void compilesWithoutFinding(Path folder) throws IOException {
    List<Resource> resources = new ArrayList<>();
    for (Path file : files(folder)) {
      Parsed parsed = ResourceReader.read(file.toString(), Files.readString(file));
      assertThat(parsed.findings()).isEmpty();
      resources.addAll(parsed.resources());
    }

    Compilation compilation = Compiler.compile(Inputs.of(resources, Rules.STANDALONE));

    assertThat(compilation.findings()).isEmpty();
    assertThat(resources).isNotEmpty();
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(SAMPLES)) {
      return entries.filter(Files::isDirectory).filter(SamplesTest::forBoth).sorted().toList();
    }
  }

  /** Those with pods are for a cluster only; the module charts applies them there. */
  private static boolean forBoth(Path folder) {
    return !folder.endsWith("cluster");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
