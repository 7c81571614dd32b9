package io.keyfront.dataplane.cluster.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.mark.Sighting;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterMarksTest {
  private static final AccountId TOKEN = AccountId.token("8a4e");

  private final MemoryShards store = new MemoryShards();

  private ClusterMarks open() {
    return ClusterMarks.open(store, Optional::empty, InstantSource.system());
  }

  private static Mark mark(long nano) {
    return new Mark(
        7,
        nano,
        Window.DAY,
        Window.ALL.stream().map(window -> new Mark.Part(0, new Amount(nano, 3))).toList());
  }

  private static void raise(Marks marks, AccountId account, long nano) {
    marks.raise(account, mark(nano)).toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  @Test
  void whatOneProxyRaisedIsThereForTheNextOne() {
    try (ClusterMarks killed = open();
        ClusterMarks next = openedAfter(() -> raise(killed, TOKEN, 100))) {
      assertThat(next.of(TOKEN)).contains(mark(100));
      assertThat(next.all()).hasSize(1);
    }
  }

  private ClusterMarks openedAfter(Runnable first) {
    first.run();
    return open();
  }

  @Test
  void aMarkOfAnotherProxyIsAnsweredBeforeItIsRaised() {
    try (ClusterMarks one = open();
        ClusterMarks other = open()) {
      raise(one, TOKEN, 100);

      raise(other, TOKEN, 150);
      assertThat(other.of(TOKEN))
          .as("asked with that, a ledger that lost it says so")
          .contains(mark(100));

      raise(other, TOKEN, 150);
      assertThat(other.of(TOKEN)).contains(mark(150));
    }
  }

  @Test
  void noProxyOverwritesWhatOthersRaise() {
    try (ClusterMarks one = open();
        ClusterMarks other = open()) {
      CompletableFuture<?>[] all =
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      (i % 2 == 0 ? one : other)
                          .raise(AccountId.token("t" + i), mark(i))
                          .toCompletableFuture())
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).orTimeout(20, TimeUnit.SECONDS).join();
    }
    try (ClusterMarks after = open()) {
      assertThat(after.all()).hasSize(400);
      assertThat(after.of(AccountId.token("t399"))).contains(mark(399));
    }
  }

  @Test
  void nothingIsRaisedWhileTheApiServerIsAwayAndEverythingAfter() {
    try (ClusterMarks first = open()) {
      raise(first, TOKEN, 100);
    }
    store.setAway(true);
    try (ClusterMarks marks = open()) {
      assertThat(marks.all()).isEmpty();
      assertThatThrownBy(() -> raise(marks, TOKEN, 200))
          .hasMessageContaining("the marks in memory cannot be written")
          .hasMessageContaining("away");
      assertThat(marks.unread()).isEqualTo(ClusterMarks.SHARDS);
      assertThat(marks.note().orElseThrow()).contains("64 of 64 shards", "away");

      store.setAway(false);
      await().untilAsserted(() -> assertThat(marks.note()).isEmpty());
      assertThat(marks.of(TOKEN)).as("what was there").contains(mark(100));
      raise(marks, TOKEN, 200);
      assertThat(marks.of(TOKEN)).contains(mark(200));
    }
  }

  @Test
  void oneShardThatCannotBeReadKeepsNoOtherFromBeingRead() {
    try (ClusterMarks first = open()) {
      raise(first, TOKEN, 100);
    }
    int other = (ClusterMarks.shardOf(TOKEN) + ClusterMarks.SHARDS - 1) % ClusterMarks.SHARDS;
    store.put(other, new byte[] {1, 2, 3});
    try (ClusterMarks marks = open()) {
      assertThat(marks.unread()).isOne();
      assertThat(marks.of(TOKEN)).contains(mark(100));

      store.put(other, new byte[0]);
      await().untilAsserted(() -> assertThat(marks.unread()).isZero());
    }
  }

  @Test
  void aNewProxyKnowsWhichLedgerOthersHadToldEverything() {
    try (ClusterMarks first = open()) {
      assertThat(first.seen()).isEmpty();
      first.saw(new Sighting("first", 42, 1000, false));
    }
    try (ClusterMarks next = open()) {
      Sighting seen = next.seen().orElseThrow();
      assertThat(seen.epoch()).isEqualTo(42);
      assertThat(seen.beat()).as("it has given no sign of life of its own").isNegative();
      assertThat(seen.proxy()).isNotEqualTo("first");
    }
  }

  @Test
  void bytesThatAreNoMarksAreNotOverwritten() {
    try (ClusterMarks first = open()) {
      raise(first, TOKEN, 100);
    }
    int shard = ClusterMarks.shardOf(TOKEN);
    store.put(shard, new byte[] {1, 2, 3});
    try (ClusterMarks marks = open()) {
      assertThatThrownBy(() -> raise(marks, TOKEN, 200))
          .hasMessageContaining("Not marks from byte");
    }
    assertThat(store.shards())
        .hasEntrySatisfying(shard, kept -> assertThat(kept.marks()).containsExactly(1, 2, 3));
  }
}
