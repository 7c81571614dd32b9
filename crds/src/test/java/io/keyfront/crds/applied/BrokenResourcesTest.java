package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.keyfront.crds.testing.RealApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One file per rule of the definitions, which breaks it: a real API server refuses it with the
 * sentence in its first line, and so does the record, unless the second line says otherwise. Where
 * a file holds two resources the first is kept and the second follows it.
 */
final class BrokenResourcesTest {
  private static final Path BROKEN = Path.of("src/test/resources/broken");
  private static final String ONLY_THERE = "# Only the API server can tell.";
  private static final String COMPILER_TOO = "# The record does not tell; the compiler does.";

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
                rules(kind)
                    .distinct()
                    .map(
                        rule ->
                            DynamicTest.dynamicTest(
                                kind.getSimpleName() + " " + rule.path() + ": " + rule.words(),
                                () -> assertThat(sentences(kind)).anyMatch(rule::isToldBy))));
  }

  /**
   * What is said of a field.
   *
   * @param path of the field, where items of lists are {@code [0]}; empty where the API server says
   *     none
   */
  private record Sentence(String path, String words) {
    private static final Pattern FORM = Pattern.compile("((?:spec|metadata)[^ ]*): (.*)");

    static Sentence of(String line) {
      Matcher matcher = FORM.matcher(line);
      return matcher.matches()
          ? new Sentence(matcher.group(1), matcher.group(2))
          : new Sentence("", line);
    }

    /** A file may quote the beginning of a long sentence, or more than it. */
    boolean isToldBy(Sentence file) {
      return path.equals(file.path.replaceAll("\\[[0-9]+]", "[0]"))
          && (words.startsWith(file.words) || file.words.endsWith(words));
    }
  }

  private static void check(RealApiServer server, Path file) {
    String text = text(file);
    List<JsonNode> resources = Stream.of(text.split("(?m)^---$")).map(Applied::tree).toList();

    assertThat(refusal(server, resources))
        .hasValueSatisfying(
            why -> assertThat(why).contains(sentence(text).path(), sentence(text).words()));
    if (!text.contains(ONLY_THERE) && !text.contains(COMPILER_TOO)) {
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

  private static Stream<Sentence> rules(Class<? extends HasMetadata> kind) {
    return Schemas.all("", FullResources.schema(kind))
        .flatMap(
            field ->
                field.schema().getXKubernetesValidations().stream()
                    .map(rule -> said(field.path(), rule)));
  }

  /** A rule of the whole resource names the field in its message. */
  private static Sentence said(String path, ValidationRule rule) {
    String place = path + Objects.requireNonNullElse(rule.getFieldPath(), "");
    return place.isEmpty()
        ? Sentence.of(rule.getMessage())
        : new Sentence(place.substring(1), rule.getMessage());
  }

  private static List<Sentence> sentences(Class<? extends HasMetadata> kind) {
    String folder = kind.getSimpleName().toLowerCase(Locale.ROOT);
    return files().stream()
        .filter(file -> file.getParent().endsWith(folder))
        .map(file -> sentence(text(file)))
        .toList();
  }

  private static Sentence sentence(String text) {
    return Sentence.of(text.lines().findFirst().orElseThrow().replaceFirst("^# ", ""));
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
