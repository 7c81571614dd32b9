package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.compiler.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceFolderTest {
  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private FolderContents read() throws IOException {
    return new ResourceFolder(folder).read();
  }

  @Test
  void yamlFilesAreReadInOrderOfTheirNamesAtAnyDepth() throws IOException {
    write("b.yaml", "b");
    write("a.yml", "a");
    write("deep/er/c.yaml", "c");
    write("notes.txt", "x");
    write("yaml", "x");

    assertThat(read().files())
        .containsExactly(
            new ResourceFile("a.yml", "a"),
            new ResourceFile("b.yaml", "b"),
            new ResourceFile("deep/er/c.yaml", "c"));
  }

  @Test
  void hiddenFilesAndFoldersAreLeftOut() throws IOException {
    write(".a.yaml", "x");
    write(".git/b.yaml", "x");

    assertThat(read().files()).isEmpty();
  }

  @Test
  void filesMountedTheWayKubernetesDoesAreReadOnce() throws IOException {
    write("..2026_11_21/a.yaml", "mounted");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_21"));
    Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));

    assertThat(read().files()).containsExactly(new ResourceFile("a.yaml", "mounted"));
  }

  @Test
  void loopOfLinksEnds() throws IOException {
    write("a.yaml", "a");
    Files.createSymbolicLink(folder.resolve("again"), folder);

    assertThat(read().files()).extracting(ResourceFile::name).containsExactly("a.yaml");
  }

  @Test
  void fileThatCannotBeReadIsNamedAndTheOthersGoOn() throws IOException {
    write("good.yaml", "good");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xE4});
    Files.createSymbolicLink(folder.resolve("dangling.yaml"), Path.of("nowhere.yaml"));

    FolderContents contents = read();

    assertThat(contents.files()).extracting(ResourceFile::name).containsExactly("good.yaml");
    assertThat(contents.findings())
        .extracting(Finding::text)
        .containsExactly(
            "dangling.yaml:1: cannot be read (NoSuchFileException); let the user that runs Keyfront read it.",
            "latin.yaml:1: is not UTF-8 text; save it as UTF-8.");
  }

  @Test
  void fileBeyondTheBoundIsNamed() throws IOException {
    Files.write(folder.resolve("large.yaml"), new byte[(int) ResourceFolder.MAX_FILE_BYTES + 1]);

    assertThat(read().findings()).extracting(Finding::problem).containsExactly("is too large");
  }

  @Test
  void filesBeyondTheBoundAreNamed() throws IOException {
    for (int i = 0; i <= ResourceFolder.MAX_FILES; i++) {
      write("%05d.yaml".formatted(i), "");
    }

    FolderContents contents = read();

    assertThat(contents.files()).hasSize(ResourceFolder.MAX_FILES);
    assertThat(contents.findings())
        .extracting(Finding::fix)
        .containsExactly("keep at most 2000 in the folder");
  }

  @Test
  void whatIsNoFolderFails() {
    assertThatThrownBy(() -> new ResourceFolder(folder.resolve("absent")).read())
        .isInstanceOf(NotDirectoryException.class);
  }
}
