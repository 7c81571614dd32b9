package io.keyfront.compiler.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void textNamesPlaceResourceFieldProblemAndFix() {
    var finding =
        new Finding(
            Severity.ERROR,
            Reason.INVALID,
            Optional.of(new Source("tokens.yaml", 12)),
            Optional.of(new ResourceId("MachineToken", "default", "ci")),
            "spec.scopes[0]",
            "'x:' has no model",
            "write x or x:*");

    assertThat(finding.text())
        .isEqualTo(
            "tokens.yaml:12: MachineToken default/ci: spec.scopes[0]: 'x:' has no model; write x or x:*.");
    assertThat(finding).hasToString(finding.text());
  }

  @Test
  void controlCharactersOfAFileNeverReachTheTerminal() {
    Finding finding = about("'\u001b[2J\r\n' is wrong");

    assertThat(finding.text().chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void nameOfAResourceIsShownWithoutControlCharactersToo() {
    var id = new ResourceId("MachineToken", "default", "a\nb" + "x".repeat(5_000));

    assertThat(id.toString()).startsWith("MachineToken default/a?bx").hasSizeLessThan(600);
  }

  @Test
  void longTextIsCut() {
    Finding finding = about("x".repeat(5_000));

    assertThat(finding.problem()).hasSize(Finding.TEXT_MAX + 1).endsWith("…");
  }

  private static Finding about(String problem) {
    return new Finding(
        Severity.WARNING,
        Reason.NO_EFFECT,
        Optional.empty(),
        Optional.empty(),
        "",
        problem,
        "remove it");
  }
}
