package io.keyfront.cli.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
  @TempDir Path folder;

  /** Ends the program, as far as the file can tell. */
  private static final class Crash extends RuntimeException {}

  private AtomicFile crashingAt(AtomicFile.Step last) {
    return new AtomicFile(
        folder.resolve("state"),
        step -> {
          if (step == last) {
            throw new Crash();
          }
        });
  }

  @Test
  void absentFileIsEmpty() throws IOException {
    assertThat(new AtomicFile(folder.resolve("state")).read()).isEmpty();
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    var file = new AtomicFile(folder.resolve("state"));

    file.write("a".getBytes(UTF_8));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @EnumSource(AtomicFile.Step.class)
  void crashAfterAnyStepLeavesTheOldContentOrTheNew(AtomicFile.Step step) throws IOException {
    var file = new AtomicFile(folder.resolve("state"));
    file.write("old".getBytes(UTF_8));

    assertThatThrownBy(() -> crashingAt(step).write("new".getBytes(UTF_8)))
        .isInstanceOf(Crash.class);

    String expected = step == AtomicFile.Step.RENAMED ? "new" : "old";
    assertThat(new String(file.read().orElseThrow(), UTF_8)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(AtomicFile.Step.class)
  void writeAfterACrashWorksAndLeavesNothingBehind(AtomicFile.Step step) throws IOException {
    assertThatThrownBy(() -> crashingAt(step).write("torn".getBytes(UTF_8)))
        .isInstanceOf(Crash.class);
    var file = new AtomicFile(folder.resolve("state"));

    file.write("whole".getBytes(UTF_8));

    assertThat(new String(file.read().orElseThrow(), UTF_8)).isEqualTo("whole");
    assertThat(Arrays.asList(folder.toFile().list())).containsExactly("state");
  }
}
