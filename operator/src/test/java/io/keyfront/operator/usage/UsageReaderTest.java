package io.keyfront.operator.usage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.money.Usage;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.TokenEnvironment;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.reconcile.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of the statuses that only say what was spent: how many are written, and which. */
class UsageReaderTest {
  private static final int RATE = 20;
  private static final Duration TURN = Duration.ofMillis(100);

  private final World world = new World(new TokenEnvironment("http://kf.example"), new Quiet());
  private final ScriptedLedger ledger = new ScriptedLedger();
  private final Map<ObjectName, Standing> standings = new ConcurrentHashMap<>();
  private final AtomicLong paceNanos = new AtomicLong();
  private final List<ObjectName> reconciled = new CopyOnWriteArrayList<>();
  private final Thread reader =
      Thread.ofPlatform()
          .daemon()
          .unstarted(
              new UsageReader(
                  world,
                  ledger,
                  standings,
                  new Pace(RATE, paceNanos::get),
                  (kind, name) -> reconciled.add(name),
                  TURN));

  @AfterEach
  void end() throws InterruptedException {
    reader.interrupt();
    reader.join();
  }

  @Test
  void tokenIsWrittenWhenItsAccountMovedAndNeverOtherwise() {
    tokens(3);
    ledger.spend("uid-0", Usage.of(10, 1));
    reader.start();
    await().until(() -> ledger.turnsOf("uid-2") >= 5);
    assertThat(reconciled).as("one was never used, one neither").containsExactly(name(0));

    ledger.spend("uid-2", Usage.of(5, 5));

    await().until(() -> reconciled.size() > 1);
    long turns = ledger.turnsOf("uid-2");
    await().until(() -> ledger.turnsOf("uid-2") >= turns + 5);
    assertThat(reconciled).containsExactly(name(0), name(2));
    assertThat(requireNonNull(standings.get(name(2))).totals().inputTokens()).isEqualTo(5);
  }

  @Test
  void twentyStatusesAreWrittenInASecondHoweverManyAccountsMove() {
    tokens(45);
    for (int i = 0; i < 45; i++) {
      ledger.spend("uid-" + i, Usage.of(10, 1));
    }
    reader.start();

    writes(RATE);
    paceNanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    writes(2 * RATE);
    paceNanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    writes(45);
    assertThat(reconciled).doesNotHaveDuplicates();
  }

  @Test
  void accountIsAskedForAndWrittenOnceInATurnHoweverFastItMoves() {
    tokens(1);
    ledger.spendsAtEachQuestion("uid-0");
    long start = System.nanoTime();
    reader.start();

    await().until(() -> reconciled.size() >= 8);

    long turns = (System.nanoTime() - start) / TURN.toNanos() + 1;
    assertThat((long) reconciled.size()).isLessThanOrEqualTo(turns);
  }

  @Test
  void ledgerThatIsAwayForOneAccountHoldsNoOtherUp() {
    tokens(2);
    ledger.isAwayFor("uid-0");
    ledger.spend("uid-1", Usage.of(10, 1));
    reader.start();

    await().until(() -> !reconciled.isEmpty());

    assertThat(reconciled).containsExactly(name(1));
  }

  @Test
  void whatIsKnownOfATokenGoesWithIt() {
    tokens(2);
    ledger.spend("uid-0", Usage.of(10, 1));
    ledger.spend("uid-1", Usage.of(10, 1));
    reader.start();
    await().until(() -> standings.size() == 2);

    world.tokens().section(Optional.empty()).remove("team/t0");

    await().until(() -> standings.keySet().equals(Set.of(name(1))));
  }

  /** So many were written, and the reader waits for room to write one more. */
  private void writes(int most) {
    await()
        .until(() -> reconciled.size() >= most && reader.getState() == Thread.State.TIMED_WAITING);
    assertThat(reconciled).hasSize(most);
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }

  private void tokens(int count) {
    for (int i = 0; i < count; i++) {
      MachineToken token = new MachineToken();
      token.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace("team")
              .withName("t" + i)
              .withUid("uid-" + i)
              .build());
      world.tokens().section(Optional.empty()).put("team/t" + i, token);
    }
  }

  private static ObjectName name(int i) {
    return new ObjectName("team", "t" + i);
  }

  private static final class Quiet implements World.Listener {
    @Override
    public void tokenChanged(ObjectName token, boolean isNew) {}

    @Override
    public void secretChanged(ObjectName secret) {}

    @Override
    public void secretGone(ObjectName secret) {}

    @Override
    public void mintedChanged(MintedSecret secret) {}

    @Override
    public void commonChanged() {}
  }
}
