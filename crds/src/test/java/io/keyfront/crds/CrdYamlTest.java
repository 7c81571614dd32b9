package io.keyfront.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.crds.testing.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The committed definitions are what the records say. {@code -Dkeyfront.crds.write=true} writes
 * them anew.
 */
final class CrdYamlTest {
  private static final Path FOLDER = Path.of("src/main/resources/io/keyfront/crds");

  @Test
  void committedDefinitionsAreThoseOfTheRecords() throws IOException {
    Map<String, String> generated = new TreeMap<>(CrdYaml.generate(RealApiServer.KINDS));

    if (Boolean.getBoolean("keyfront.crds.write")) {
      write(generated);
    }

    assertThat(committed()).isEqualTo(generated);
  }

  @Test
  void apiServerServesEveryKind() {
    RealApiServer server = RealApiServer.get().withCrds();

    assertThat(server.client().getApiGroup(KeyfrontApi.GROUP).getVersions())
        .extracting("version")
        .containsExactly(KeyfrontApi.VERSION);
  }

  private static void write(Map<String, String> definitions) throws IOException {
    Files.createDirectories(FOLDER);
    for (var definition : definitions.entrySet()) {
      Files.writeString(FOLDER.resolve(definition.getKey() + ".yaml"), definition.getValue());
    }
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString().replace(".yaml", ""), Files.readString(file));
      }
    }
    return texts;
  }
}
