package io.keyfront.dataplane.source;

import static io.keyfront.dataplane.source.SomeParts.base;
import static io.keyfront.dataplane.source.SomeParts.standing;
import static io.keyfront.dataplane.source.SomeParts.tell;
import static io.keyfront.dataplane.source.SomeParts.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.snapshot.PartName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSnapshotTest {
  private final LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
  private final List<Swap> swaps = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    live.close();
  }

  @Test
  void nothingIsInUseBeforeTheSourceHasSaidAllAndThenAllAtOnce() {
    live.onSwap(swaps::add);
    tell(live, base(0), 1);
    tell(live, token("one", false), 2);
    assertThat(live.assembly().hasBase()).isFalse();

    live.start();

    await().until(() -> !swaps.isEmpty());
    assertThat(swaps.getFirst().accepted()).hasSize(2);
    assertThat(standing(live.snapshot(), "one")).isEqualTo("good");
  }

  @Test
  void ofWhatArrivesMeanwhileOnlyTheLastWordOnEachPartIsRead() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    live.onSwap(
        swap -> {
          swaps.add(swap);
          first.countDown();
          awaitQuietly(goOn);
        });
    live.start();
    tell(live, base(0), 1);
    first.await();

    for (int hops = 1; hops <= 9; hops++) {
      tell(live, base(hops), 1 + hops);
    }
    tell(live, token("one", false), 20);
    tell(live, token("one", true), 21);
    goOn.countDown();

    await().until(() -> swaps.size() == 2);
    assertThat(live.snapshot().settings().trustedHops()).isEqualTo(9);
    assertThat(standing(live.snapshot(), "one")).isEqualTo("revoked");
  }

  @Test
  void partThatCannotBeReadLeavesTheLastGoodOneAndTheOthers() {
    live.start();
    tell(live, base(1), 1);
    tell(live, token("one", false), 2);
    await().until(() -> standing(live.snapshot(), "one").equals("good"));

    live.published(PartName.BASE, 3, new byte[] {1, 2, 3});
    live.unreadable(token("two", false).name(), 4, "Secret x has no data part.");
    tell(live, token("one", true), 5);

    await().until(() -> standing(live.snapshot(), "one").equals("revoked"));
    assertThat(live.snapshot().settings().trustedHops()).isEqualTo(1);
    assertThat(live.assembly().refusals())
        .containsOnlyKeys(PartName.BASE, token("two", false).name());
    assertThat(live.assembly().loaded()).containsEntry(PartName.BASE, 1L);
  }

  @Test
  void whileTheBaseIsMissingNothingElseThatGoesIsTakenAway() {
    live.start();
    tell(live, base(1), 1);
    tell(live, token("one", false), 2);
    await().until(() -> standing(live.snapshot(), "one").equals("good"));

    live.gone(PartName.BASE);
    live.gone(token("one", false).name());
    await().until(() -> live.assembly().refusals().containsKey(PartName.BASE));
    assertThat(standing(live.snapshot(), "one")).isEqualTo("good");

    tell(live, base(2), 3);
    await().until(() -> live.snapshot().settings().trustedHops() == 2);
    assertThat(standing(live.snapshot(), "one")).isEqualTo("unknown");
  }

  @Test
  void listenerThatFailsStopsNothing() {
    live.onSwap(
        swap -> {
          throw new IllegalStateException("a bug of the test's own");
        });
    live.start();

    tell(live, base(1), 1);
    await().until(() -> live.snapshot().settings().trustedHops() == 1);
    tell(live, base(2), 2);

    await().until(() -> live.snapshot().settings().trustedHops() == 2);
  }

  @Test
  void afterItsEndNothingIsTakenOver() {
    live.start();
    tell(live, base(1), 1);
    await().until(() -> live.snapshot().settings().trustedHops() == 1);

    live.close();
    tell(live, base(2), 2);

    await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::reads));
    assertThat(live.snapshot().settings().trustedHops()).isEqualTo(1);
  }

  private boolean reads(Thread thread) {
    return thread.getName().equals("keyfront-snapshot");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
