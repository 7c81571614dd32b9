package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.compiler.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatcherTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path temporary;
  private final List<FolderContents> seen = new CopyOnWriteArrayList<>();
  private Path folder;
  private FolderWatcher watcher;

  @BeforeEach
  void start() throws IOException {
    folder = Files.createDirectory(temporary.resolve("resources"));
    Files.writeString(folder.resolve("a.yaml"), "one");
    watcher = FolderWatcher.start(new ResourceFolder(folder), seen::add);
  }

  @AfterEach
  void stop() {
    watcher.close();
  }

  private void awaitFiles(ResourceFile... files) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(seen.getLast().files()).containsExactly(files));
  }

  /** No test measures time; how many looks a change takes at most is {@link WatchStateTest}'s. */
  @Test
  void looksAreSoFrequentThatAChangeTakesEffectWithinASecond() {
    assertThat(FolderWatcher.INTERVAL.multipliedBy(WatchState.PATIENCE))
        .isPositive()
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void contentIsThereWhenTheWatcherHasStarted() {
    assertThat(seen.getFirst().files()).containsExactly(new ResourceFile("a.yaml", "one"));
  }

  @Test
  void newChangedAndRemovedFilesAreSeen() throws IOException {
    Files.writeString(folder.resolve("b.yaml"), "two");
    awaitFiles(new ResourceFile("a.yaml", "one"), new ResourceFile("b.yaml", "two"));

    Files.writeString(folder.resolve("a.yaml"), "changed");
    awaitFiles(new ResourceFile("a.yaml", "changed"), new ResourceFile("b.yaml", "two"));

    Files.delete(folder.resolve("a.yaml"));
    awaitFiles(new ResourceFile("b.yaml", "two"));
  }

  @Test
  void replacementOfTheSameSizeAndTimeIsSeen() throws IOException {
    Path file = folder.resolve("a.yaml");
    Path next = temporary.resolve("next");
    Files.writeString(next, "eno");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));

    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

    awaitFiles(new ResourceFile("a.yaml", "eno"));
  }

  @Test
  void lostFolderKeepsTheLastContentAndSaysSoUntilItIsBack() throws IOException {
    Files.move(folder, temporary.resolve("away"));

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(seen.getLast().findings())
                    .extracting(Finding::problem)
                    .containsExactly(
                        "the resource folder cannot be read; what was read last stays in force"));
    assertThat(seen.getLast().files()).containsExactly(new ResourceFile("a.yaml", "one"));

    Files.move(temporary.resolve("away"), folder);

    await().atMost(LONG).untilAsserted(() -> assertThat(seen.getLast().findings()).isEmpty());
    awaitFiles(new ResourceFile("a.yaml", "one"));
  }

  @Test
  void consumerThatThrowsIsCalledAgain() throws IOException {
    watcher.close();
    Files.writeString(folder.resolve("a.yaml"), "first");
    List<String> handed = new CopyOnWriteArrayList<>();
    watcher =
        FolderWatcher.start(
            new ResourceFolder(folder),
            contents -> {
              String text = contents.files().getFirst().text();
              handed.add(text);
              if (text.equals("bad")) {
                throw new IllegalStateException("cannot take it");
              }
            });

    Files.writeString(folder.resolve("a.yaml"), "bad");
    await().atMost(LONG).until(() -> handed.contains("bad"));
    Files.writeString(folder.resolve("a.yaml"), "good again");

    await().atMost(LONG).until(() -> handed.contains("good again"));
  }
}
