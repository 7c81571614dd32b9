package io.keyfront.dataplane.cluster.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.dataplane.RedisUnderTest;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that starts while the API server is away, so that it knows no mark. */
class UnreadMarksTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  /** A cluster that keeps nothing so far, and may be away. */
  private static final class Away implements MarkShards {
    private volatile boolean away = true;

    @Override
    public Map<Integer, Stored> all() throws IOException {
      answer();
      return Map.of();
    }

    @Override
    public Optional<Stored> read(int shard) throws IOException {
      answer();
      return Optional.empty();
    }

    @Override
    public Optional<String> write(Wanted wanted) throws IOException {
      answer();
      return Optional.of("1");
    }

    private void answer() throws IOException {
      if (away) {
        throw new IOException("the API server is away");
      }
    }

    @Override
    public String place() {
      return "memory";
    }
  }

  @Test
  void callsWithoutABudgetGoOnAndThoseWithOneWaitUntilMarksAreRead() throws Exception {
    Away store = new Away();
    try (RedisUnderTest redis = RedisUnderTest.start(folder);
        ClusterMarks marks = ClusterMarks.open(store, Optional::empty, InstantSource.system());
        RedisLedger ledger =
            RedisLedger.connect(
                RedisSettings.of(redis.uri()).closing(Duration.ZERO),
                Clock.systemUTC(),
                marks,
                news -> {})) {
      assertThat(ask(ledger, Limits.NONE)).isInstanceOf(Admission.Admitted.class);
      assertThat(ask(ledger, budget()))
          .isInstanceOfSatisfying(
              Admission.Unavailable.class,
              unavailable -> assertThat(unavailable.toString()).contains("away"));

      store.away = false;

      await().atMost(SOON).until(() -> ask(ledger, budget()) instanceof Admission.Admitted);
      await().atMost(SOON).until(() -> marks.unread() == 0);
    }
  }

  private static Limits budget() {
    return Limits.of(
        new Budget(
            OptionalLong.of(1_000_000), OptionalLong.empty(), Window.TOTAL, OnLedgerLoss.DENY));
  }

  private static Admission ask(RedisLedger ledger, Limits limits) throws Exception {
    HoldRequest request =
        new HoldRequest(
            new HoldId(UUID.randomUUID().toString(), 0),
            List.of(new Claim(AccountId.token("uid-1"), limits)),
            new Amount(30, 10),
            Instant.now().plusSeconds(5));
    return ledger.hold(request).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
