package io.keyfront.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAlignedAndLinesHaveNoBlanksAtTheirEnd() {
    Table table = new Table("NAME", "NOTE").row("a", "long note").row("longer", "");

    assertThat(table.text()).isEqualTo("NAME    NOTE\na       long note\nlonger\n");
  }

  @Test
  void charactersBeyondTheBasicPlaneCountOnce() {
    assertThat(new Table("A", "B").row("\uD83D\uDE00", "x").text())
        .isEqualTo("A  B\n\uD83D\uDE00  x\n");
  }

  @Test
  void cellCannotMoveTheCursor() {
    assertThat(new Table("A").row("\u001B[31mred\nnext\r").text()).isEqualTo("A\n?[31mred?next?\n");
  }

  @Test
  void rowMustFit() {
    assertThatThrownBy(() -> new Table("A").row("1", "2")).hasMessageContaining("has 1 cells");
  }
}
