package io.keyfront.dataplane.source;

import static io.keyfront.dataplane.source.SomeParts.base;
import static io.keyfront.dataplane.source.SomeParts.standing;
import static io.keyfront.dataplane.source.SomeParts.store;
import static io.keyfront.dataplane.source.SomeParts.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts in a folder, written as people and as a kubelet do it. */
class PartFolderTest {
  @TempDir Path home;
  private Path folder;
  private int version;
  private final LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
  private Runnable closing = () -> {};

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(home.resolve("parts"));
  }

  @AfterEach
  void close() {
    closing.run();
    live.close();
  }

  private void watch() {
    PartFolder watched = PartFolder.watch(folder, live);
    closing = watched::close;
    live.start();
  }

  @Test
  void whatIsThereIsToldAtOnceAndChangesSoonAfter() throws IOException {
    store(folder, base(1), 7);
    watch();
    await().until(() -> live.snapshot().settings().trustedHops() == 1);
    assertThat(live.assembly().loaded()).containsEntry(PartName.BASE, 7L);

    store(folder, base(2), 8);
    store(folder, token("one", false), 9);

    await().until(() -> standing(live.snapshot(), "one").equals("good"));
    await().until(() -> live.snapshot().settings().trustedHops() == 2);
    Path entry = folder.resolve(token("one", false).name().toString());
    Files.delete(entry.resolve("part"));
    await().until(() -> standing(live.snapshot(), "one").equals("unknown"));
  }

  @Test
  void partWithoutAReadableSequenceCountsAsItsFirst() throws IOException {
    store(folder, base(1), 7);
    Files.writeString(folder.resolve("base").resolve("sequence"), "seven");
    watch();

    await().until(() -> live.assembly().hasBase());
    assertThat(live.assembly().loaded()).containsEntry(PartName.BASE, 1L);
  }

  @Test
  void partThatIsTooLargeIsRefusedUnread() throws IOException {
    store(folder, base(1), 1);
    store(folder, token("one", false).name(), 2, new byte[PartCodec.MAX_BYTES + 10]);
    watch();

    await().until(() -> live.assembly().hasBase());
    assertThat(live.assembly().refusals()).containsOnlyKeys(token("one", false).name());
  }

  /**
   * A kubelet writes a Secret's new content beside the old one, and swaps one link: {@code part ->
   * ..data/part}, {@code ..data -> ..2026_11_22_1}.
   */
  @Test
  void linkThatAKubeletSwapsIsFollowed() throws IOException {
    mount(base(1), 1);
    mount(token("one", false), 2);
    watch();
    await().until(() -> standing(live.snapshot(), "one").equals("good"));

    mount(token("one", true), 3);
    await().until(() -> standing(live.snapshot(), "one").equals("revoked"));
    assertThat(live.assembly().loaded()).containsValue(3L);

    mount(base(2), 4);
    await().until(() -> live.snapshot().settings().trustedHops() == 2);
    assertThat(live.assembly().refusals()).isEmpty();
    assertThat(standing(live.snapshot(), "one")).isEqualTo("revoked");
  }

  /** Equal length, equal time: a mount may give both. */
  @Test
  void swapIsNoticedAlthoughSizeAndTimeAreEqual() throws IOException {
    mount(base(1), 1);
    Path before = folder.resolve("base").resolve("part").toRealPath();
    watch();
    await().until(() -> live.snapshot().settings().trustedHops() == 1);
    var time = Files.getLastModifiedTime(before);

    mount(base(2), 1);
    Path after = folder.resolve("base").resolve("part").toRealPath();
    Files.setLastModifiedTime(after, time);

    await().until(() -> live.snapshot().settings().trustedHops() == 2);
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void folderThatIsAwayForAMomentChangesNothing() throws IOException {
    store(folder, base(1), 1);
    store(folder, token("one", false), 2);
    watch();
    await().until(() -> standing(live.snapshot(), "one").equals("good"));

    Path aside = home.resolve("aside");
    Files.move(folder, aside);
    await().during(Duration.ofMillis(1200)).until(() -> live.assembly().hasBase());
    assertThat(standing(live.snapshot(), "one")).isEqualTo("good");
    store(aside, token("one", true), 3);
    Files.move(aside, folder);

    await().until(() -> standing(live.snapshot(), "one").equals("revoked"));
  }

  /** As the kubelet's atomic writer does, step by step. */
  private void mount(Part part, long sequence) throws IOException {
    Path entry = Files.createDirectories(folder.resolve(part.name().toString()));
    Path fresh = Files.createDirectory(entry.resolve("..2026_11_22_" + ++version));
    Files.write(fresh.resolve("part"), PartCodec.encode(part));
    Files.writeString(fresh.resolve("sequence"), Long.toString(sequence));
    Path data = entry.resolve("..data");
    Path old = Files.exists(data) ? data.toRealPath() : null;
    Path link = entry.resolve("..data_tmp");
    Files.createSymbolicLink(link, fresh.getFileName());
    Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
    for (String name : new String[] {"part", "sequence"}) {
      if (!Files.exists(entry.resolve(name))) {
        Files.createSymbolicLink(entry.resolve(name), Path.of("..data", name));
      }
    }
    if (old != null) {
      remove(old);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
