package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Source;
import io.keyfront.compiler.read.Parsed;
import io.keyfront.compiler.read.ResourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One file per rule, which breaks it. The file says what must be found ({@code # expect:}), and
 * marks the line that the finding must name ({@code # <--}).
 */
class RuleFilesTest {
  private static final Path RULES = Path.of("src", "test", "resources", "rules");
  private static final String EXPECT = "# expect: ";
  private static final String MARK = "# <--";

  @TestFactory
  Stream<DynamicTest> fileThatBreaksOneRuleIsToldSo() throws IOException {
    try (Stream<Path> files = Files.walk(RULES)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(
              file -> DynamicTest.dynamicTest(RULES.relativize(file).toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private static void check(Path file) throws IOException {
    String yaml = Files.readString(file);
    List<String> lines = yaml.lines().toList();

    List<Finding> findings = findings(file.getFileName().toString(), yaml);

    assertThat(findings.stream().map(RuleFilesTest::withoutPlace))
        .containsExactlyInAnyOrderElementsOf(
            lines.stream()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList())
        .isNotEmpty();
    IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).endsWith(MARK))
        .forEach(
            i ->
                assertThat(findings)
                    .extracting(finding -> finding.source().map(Source::line).orElse(0))
                    .containsOnly(i + 1));
  }

  private static List<Finding> findings(String name, String yaml) {
    Parsed parsed = ResourceReader.read(name, yaml);
    List<Finding> findings = new ArrayList<>(parsed.findings());
    findings.addAll(Compiler.compile(Inputs.of(parsed.resources(), Rules.STANDALONE)).findings());
    return findings;
  }

  private static String withoutPlace(Finding finding) {
    String place = finding.source().map(source -> source + ": ").orElse("");
    return finding.text().substring(place.length());
  }
}
