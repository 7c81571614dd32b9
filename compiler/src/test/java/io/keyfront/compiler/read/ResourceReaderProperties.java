package io.keyfront.compiler.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.Inputs;
import io.keyfront.compiler.Rules;
import io.keyfront.compiler.finding.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, reading and compiling it ends with findings, never with an exception. */
class ResourceReaderProperties {
  private static final Path RULES = Path.of("src", "test", "resources", "rules");

  private static final List<String> PARTS =
      List.of(
          "apiVersion: keyfront.io/v1alpha1\n",
          "apiVersion: v1\n",
          "kind: ",
          "MachineToken\n",
          "Secret\n",
          "ModelAlias\n",
          "ProviderCredential\n",
          "KeyfrontSettings\n",
          "List\n",
          "metadata:",
          "{name: a}\n",
          "spec:",
          "scopes:",
          "targets:",
          "match:",
          "items:",
          "data:",
          "stringData:",
          "\n",
          "\n  ",
          "\n    ",
          "- ",
          ": ",
          ", ",
          "[",
          "]",
          "{",
          "}",
          "'",
          "\"",
          "&a ",
          "*a",
          "!!binary ",
          "! ",
          "? ",
          "|\n",
          ">-\n",
          "---\n",
          "...\n",
          "%YAML 1.1\n",
          "<<: ",
          "~",
          "null",
          "true",
          "0x1F",
          "1e400",
          "\t",
          "#",
          "\uFEFF",
          "\u0000",
          "\uD800",
          "\u2028",
          "mock");

  @Property(tries = 1_000)
  void anyCharactersAreReadWithoutException(@ForAll String text) {
    check(text);
  }

  @Property(tries = 1_500)
  void anyPiecesOfYamlAreReadWithoutException(@ForAll("pieces") String text) {
    check(text);
  }

  @Property(tries = 1_500)
  void anyDamageToAFileIsReadWithoutException(
      @ForAll("files") String file,
      @ForAll("pieces") String piece,
      @ForAll int at,
      @ForAll int cut) {
    int from = Math.floorMod(at, file.length() + 1);
    int to = Math.min(file.length(), from + Math.floorMod(cut, 20));

    check(file.substring(0, from) + piece + file.substring(to));
  }

  @Property(tries = 300)
  void anyBytesAreReadWithoutException(@ForAll byte[] bytes) {
    check(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private static void check(String yaml) {
    Parsed parsed = ResourceReader.read("a.yaml", yaml);
    List<Finding> findings =
        Compiler.compile(Inputs.of(parsed.resources(), Rules.STANDALONE)).findings();

    assertThat(Stream.concat(parsed.findings().stream(), findings.stream()))
        .allSatisfy(
            finding -> {
              assertThat(finding.source()).isPresent();
              assertThat(finding.text().codePoints()).noneMatch(Character::isISOControl);
              assertThat(finding.text()).hasSizeLessThan(6 * Finding.TEXT_MAX);
            });
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PARTS).list().ofMaxSize(40).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> files() {
    try (Stream<Path> files = Files.walk(RULES)) {
      return Arbitraries.of(files.filter(Files::isRegularFile).sorted().toList())
          .map(ResourceReaderProperties::content);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
