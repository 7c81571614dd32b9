package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.keyfront.crds.testing.RealApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One file per rule of the definitions, which breaks it: a real API server refuses it with the
 * sentence in its first line, and so does the record, unless the second line says that it cannot.
 * Where a file holds two resources the first is kept and the second follows it.
 */
final class BrokenResourcesTest {
  private static final Path BROKEN = Path.of("src/test/resources/broken");
  private static final String ONLY_THERE = "# Only the API server can tell.";

  @TestFactory
  Stream<DynamicTest> fileThatBreaksARuleIsRefusedWithItsSentence() {
    RealApiServer server = RealApiServer.get().withCrds();
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    BROKEN.relativize(file).toString(), () -> check(server, file)));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleHasAFileThatBreaksIt() {
    return RealApiServer.KINDS.stream()
        .flatMap(
            kind ->
                rules(FullResources.schema(kind))
                    .distinct()
                    .map(
                        message ->
                            DynamicTest.dynamicTest(
                                kind.getSimpleName() + ": " + message,
                                () -> assertThat(sentences(kind)).anyMatch(tells(message)))));
  }

  /** A file may quote the beginning of a long sentence. */
  private static Predicate<String> tells(String message) {
    return sentence ->
        message.startsWith(sentence.replaceFirst("^(spec|metadata)[^ ]*: ", ""))
            || sentence.endsWith(message);
  }

  private static void check(RealApiServer server, Path file) {
    String text = text(file);
    List<JsonNode> resources = Stream.of(text.split("(?m)^---$")).map(Applied::tree).toList();

    assertThat(refusal(server, resources))
        .hasValueSatisfying(why -> assertThat(why).contains(sentence(text)));
    if (!text.contains(ONLY_THERE)) {
      assertThat(Applied.problems(resources.getLast())).isNotEmpty();
    }
  }

  private static Optional<String> refusal(RealApiServer server, List<JsonNode> resources) {
    if (resources.size() == 1) {
      return Applied.refusal(server, "default", resources.getFirst());
    }
    String namespace = server.freshNamespace();
    Applied.keep(server, namespace, resources.getFirst());
    return Applied.refusalOfChange(server, namespace, resources.getLast());
  }

  private static Stream<String> rules(JSONSchemaProps schema) {
    Stream<JSONSchemaProps> items =
        schema.getItems() == null ? Stream.of() : Stream.of(schema.getItems().getSchema());
    return Stream.concat(
        schema.getXKubernetesValidations().stream().map(rule -> rule.getMessage()),
        Stream.concat(schema.getProperties().values().stream(), items)
            .flatMap(BrokenResourcesTest::rules));
  }

  private static List<String> sentences(Class<? extends HasMetadata> kind) {
    String folder = kind.getSimpleName().toLowerCase(Locale.ROOT);
    return files().stream()
        .filter(file -> file.getParent().endsWith(folder))
        .map(file -> sentence(text(file)))
        .toList();
  }

  private static String sentence(String text) {
    return text.lines().findFirst().orElseThrow().replaceFirst("^# ", "");
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.walk(BROKEN)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
