package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFolderTest {
  @TempDir private Path folder;

  @Test
  void textThatDiffersFailsAndNamesTheProperty() throws Exception {
    Files.writeString(folder.resolve("a.json"), "old");
    GoldenFolder golden = new GoldenFolder(folder, false);

    assertThatThrownBy(() -> golden.assertMatches("a.json", "new"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a.json")
        .hasMessageContaining("keyfront.golden.update");
  }

  @Test
  void missingFileFails() {
    GoldenFolder golden = new GoldenFolder(folder, false);

    assertThatThrownBy(() -> golden.assertMatches("none.json", "new"))
        .isInstanceOf(AssertionError.class);
    assertThat(folder.resolve("none.json")).doesNotExist();
  }

  @Test
  void updateWritesTheFile() {
    new GoldenFolder(folder, true).assertMatches("sub/b.json", "new");

    assertThat(folder.resolve("sub/b.json")).hasContent("new");
    new GoldenFolder(folder, false).assertMatches("sub/b.json", "new");
  }

  @Test
  void fileThatNoTestUsesFails() throws Exception {
    Files.writeString(folder.resolve("used.txt"), "x");
    Files.writeString(folder.resolve("forgotten.txt"), "x");
    GoldenFolder golden = new GoldenFolder(folder, false);
    golden.assertMatches("used.txt", "x");

    assertThatThrownBy(golden::assertAllUsed)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("forgotten.txt");
  }
}
