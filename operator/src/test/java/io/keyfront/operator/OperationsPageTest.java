package io.keyfront.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.operator.report.ConditionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationsPageTest {
  @ParameterizedTest
  @EnumSource(ConditionReason.class)
  void everyReasonIsExplained(ConditionReason reason) throws IOException {
    String page = Files.readString(Path.of("../docs/operations.md"));

    assertThat(page).contains("| `" + reason.label() + "` |");
  }
}
