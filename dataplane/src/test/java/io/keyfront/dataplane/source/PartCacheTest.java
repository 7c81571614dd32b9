package io.keyfront.dataplane.source;

import static io.keyfront.dataplane.source.SomeParts.base;
import static io.keyfront.dataplane.source.SomeParts.standing;
import static io.keyfront.dataplane.source.SomeParts.store;
import static io.keyfront.dataplane.source.SomeParts.tell;
import static io.keyfront.dataplane.source.SomeParts.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.snapshot.PartName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartCacheTest {
  @TempDir Path home;
  private Path folder;
  private final LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
  private PartCache cache;

  @BeforeEach
  void keep() throws IOException {
    folder = home.resolve("cache");
    cache = PartCache.keep(folder, live);
    live.start();
  }

  @AfterEach
  void close() {
    live.close();
    cache.close();
  }

  @Test
  void whatWasTakenOverIsThereForTheNextStart() {
    tell(live, base(3), 10);
    tell(live, token("one", false), 11);
    await().until(() -> Files.exists(sequence(token("one", false).name())));
    cache.close();

    LiveSnapshot next = new LiveSnapshot(snapshot -> snapshot);
    Set<PartName> found = PartFolder.read(folder, next);
    try (next) {
      next.start();
      await().until(() -> standing(next.snapshot(), "one").equals("good"));
      assertThat(found).containsExactlyInAnyOrder(PartName.BASE, token("one", false).name());
      assertThat(next.snapshot().settings().trustedHops()).isEqualTo(3);
      assertThat(next.assembly().loaded()).containsEntry(PartName.BASE, 10L).containsValue(11L);
    }
  }

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    tell(live, base(0), 1);
    await().until(() -> Files.exists(sequence(PartName.BASE)));
    cache.close();

    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void refusedPartDoesNotReplaceTheGoodOne() throws IOException {
    tell(live, base(1), 1);
    await().until(() -> Files.exists(sequence(PartName.BASE)));
    byte[] good = Files.readAllBytes(folder.resolve("base").resolve("part"));

    live.published(PartName.BASE, 2, new byte[] {1});
    tell(live, token("one", false), 3);
    await().until(() -> Files.exists(sequence(token("one", false).name())));

    assertThat(folder.resolve("base").resolve("part")).hasBinaryContent(good);
    assertThat(sequence(PartName.BASE)).hasContent("1");
  }

  @Test
  void partThatIsGoneGoesFromTheCacheToo() {
    tell(live, base(1), 1);
    tell(live, token("one", false), 2);
    Path entry = folder.resolve(token("one", false).name().toString());
    await().until(() -> Files.exists(entry.resolve("sequence")));

    live.gone(token("one", false).name());

    await().until(() -> !Files.exists(entry));
    assertThat(folder.resolve("base")).exists();
  }

  @Test
  void folderThatCannotBeWrittenStopsNoCall() throws IOException {
    Files.delete(folder);
    Files.createFile(folder);

    tell(live, base(4), 1);
    await().until(() -> live.snapshot().settings().trustedHops() == 4);
    Files.delete(folder);
    Files.createDirectory(folder);
    tell(live, base(5), 2);

    await().until(() -> Files.exists(sequence(PartName.BASE)));
    assertThat(live.snapshot().settings().trustedHops()).isEqualTo(5);
  }

  /** A container that was killed leaves what it was about to write. */
  @Test
  void whatWasCutShortIsPassedOver() throws IOException {
    store(folder, base(6), 5);
    Files.write(folder.resolve("base").resolve(".new12345"), new byte[] {1});
    Files.createDirectories(folder.resolve(token("one", false).name().toString()));
    Files.createDirectories(folder.resolve("..data"));
    Files.writeString(folder.resolve("README"), "not a part");

    try (LiveSnapshot next = new LiveSnapshot(snapshot -> snapshot)) {
      assertThat(PartFolder.read(folder, next)).isEqualTo(Set.of(PartName.BASE));
      next.start();
      await().until(() -> next.snapshot().settings().trustedHops() == 6);
      assertThat(List.copyOf(next.assembly().loaded().values())).containsExactly(5L);
    }
  }

  private Path sequence(PartName part) {
    return folder.resolve(part.toString()).resolve("sequence");
  }
}
