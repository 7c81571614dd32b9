package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.crds.testing.RealApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A real API server takes what is right, and so do the records. */
final class GoodResourcesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TestFactory
  Stream<DynamicTest> sampleIsTakenStrictly() {
    return taken(SAMPLES);
  }

  @TestFactory
  Stream<DynamicTest> resourceThatUsesEveryFieldIsTakenStrictly() {
    return taken(FullResources.FOLDER);
  }

  private static Stream<DynamicTest> taken(Path folder) {
    RealApiServer server = RealApiServer.get().withCrds();
    return yaml(folder)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(), () -> check(server, file)));
  }

  private static void check(RealApiServer server, Path file) throws IOException {
    for (String document : Files.readString(file).split("(?m)^---\\s*$")) {
      JsonNode resource = Applied.tree(document);
      if (resource != null && Applied.isOurs(resource)) {
        assertThat(Applied.refusal(server, "default", resource)).isEmpty();
        assertThat(Applied.problems(resource)).isEmpty();
      }
    }
  }

  private static Stream<Path> yaml(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
