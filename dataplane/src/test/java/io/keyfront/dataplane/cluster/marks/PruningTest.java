package io.keyfront.dataplane.cluster.marks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.mark.MarkBytes;
import io.keyfront.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Marks of tokens that are gone do not stay for ever. */
class PruningTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration LONG_AGO = Duration.ofDays(90);
  private static final int SHARD = 7;

  /** Some 160 bytes each: more than half of a shard. */
  private static final int MANY = 2_600;

  private final MemoryShards store = new MemoryShards();
  private final ManualClock clock = ManualClock.at(NOW);
  private final Map<AccountId, Mark> stored = new HashMap<>();
  private final AccountId raised = account("raised");
  private Optional<Set<String>> tokens = Optional.of(Set.of(raised.id()));
  private int names;

  /** One whose mark lies in the shard that is tried. */
  private AccountId account(String prefix) {
    while (true) {
      AccountId account = AccountId.token(prefix + names++);
      if (ClusterMarks.shardOf(account) == SHARD) {
        return account;
      }
    }
  }

  private static Mark mark(Window measured, Duration age) {
    long at = Micros.of(NOW.minus(age));
    return new Mark(
        7,
        at,
        measured,
        Window.ALL.stream().map(window -> new Mark.Part(0, new Amount(at, 3))).toList());
  }

  private AccountId keep(AccountId account, Window measured, Duration age) {
    stored.put(account, mark(measured, age));
    return account;
  }

  private AccountId gone() {
    return keep(account("gone-"), Window.TOTAL, LONG_AGO);
  }

  private ClusterMarks open() {
    store.put(SHARD, MarkBytes.of(stored));
    return ClusterMarks.open(store, () -> tokens, clock);
  }

  private ClusterMarks openWithMany() {
    for (int i = 0; i < MANY; i++) {
      gone();
    }
    return open();
  }

  /** Writes the shard, which is when it is looked at. */
  private void write(ClusterMarks marks) {
    marks
        .raise(raised, mark(Window.DAY, NOW_IS.minusMillis(names++)))
        .toCompletableFuture()
        .orTimeout(5, TimeUnit.SECONDS)
        .join();
  }

  private static final Duration NOW_IS = Duration.ofHours(1);

  private void writeTwice(ClusterMarks marks) {
    write(marks);
    clock.advance(Pruning.PAUSE);
    write(marks);
  }

  private Set<AccountId> lasting() {
    return MarkBytes.read(requireNonNull(store.shards().get(SHARD)).marks()).keySet();
  }

  @Test
  void marksOfTokensThatAreGoneLeaveAShardThatIsMoreThanHalfFull() {
    AccountId gone = gone();
    try (ClusterMarks marks = openWithMany()) {
      write(marks);
      assertThat(marks.of(gone)).as("one look proves nothing").isPresent();

      clock.advance(Pruning.PAUSE);
      write(marks);

      assertThat(lasting()).containsExactly(raised);
      assertThat(marks.all()).containsOnlyKeys(raised);
    }
  }

  @Test
  void whatMayBeNeededAgainStays() {
    AccountId alive = keep(account("alive-"), Window.TOTAL, LONG_AGO);
    AccountId young = keep(account("young-"), Window.TOTAL, Duration.ofDays(30));
    AccountId month = keep(account("month-"), Window.MONTH, Duration.ofDays(38));
    AccountId subject = keep(account("keyfront/issuer/subject-"), Window.TOTAL, LONG_AGO);
    AccountId daily = keep(account("keyfront/issuer/daily-"), Window.DAY, LONG_AGO);
    AccountId credential = keep(inShard(AccountId.Kind.CREDENTIAL), Window.DAY, LONG_AGO);
    AccountId provider = keep(inShard(AccountId.Kind.PROVIDER), Window.DAY, LONG_AGO);
    tokens = Optional.of(Set.of(raised.id(), alive.id()));

    try (ClusterMarks marks = openWithMany()) {
      writeTwice(marks);
    }

    assertThat(lasting())
        .containsExactlyInAnyOrder(raised, alive, young, month, subject, credential, provider)
        .doesNotContain(daily);
  }

  private AccountId inShard(AccountId.Kind kind) {
    while (true) {
      AccountId account = new AccountId(kind, "some-" + names++);
      if (ClusterMarks.shardOf(account) == SHARD) {
        return account;
      }
    }
  }

  @Test
  void shardThatIsNotHalfFullKeepsAll() {
    AccountId gone = gone();
    try (ClusterMarks marks = open()) {
      writeTwice(marks);
    }

    assertThat(lasting()).containsExactlyInAnyOrder(raised, gone);
  }

  @Test
  void nothingGoesWhileNotAllTokensAreKnown() {
    tokens = Optional.empty();

    try (ClusterMarks marks = openWithMany()) {
      writeTwice(marks);
      assertThat(lasting()).hasSize(MANY + 1);
    }
  }

  @Test
  void tokenThatWasMissingForAMomentKeepsItsMark() {
    AccountId back = gone();
    try (ClusterMarks marks = openWithMany()) {
      write(marks);
      tokens = Optional.of(Set.of(raised.id(), back.id()));
      clock.advance(Pruning.PAUSE);
      write(marks);
    }

    assertThat(lasting()).containsExactlyInAnyOrder(raised, back);
  }

  @Test
  void markThatAnotherProxyRaisedMeanwhileStays() {
    AccountId back = gone();
    try (ClusterMarks marks = openWithMany()) {
      write(marks);
      Map<AccountId, Mark> now = new HashMap<>(stored);
      now.put(back, mark(Window.TOTAL, Duration.ZERO));
      store.put(SHARD, MarkBytes.of(now));
      clock.advance(Pruning.PAUSE);
      write(marks);

      assertThat(lasting()).contains(back);
      assertThat(marks.of(back)).contains(mark(Window.TOTAL, Duration.ZERO));
    }
  }

  @Test
  void whatOneProxyTookOutTheOthersForgetByThemselves() {
    try (ClusterMarks one = openWithMany();
        ClusterMarks other = ClusterMarks.open(store, () -> tokens, clock)) {
      write(one);
      write(other);
      clock.advance(Pruning.PAUSE);
      write(one);
      write(other);

      assertThat(new HashSet<>(other.all().keySet())).containsExactly(raised);
    }
  }
}
