package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Micros;
import io.keyfront.ledger.local.Fsync;
import io.keyfront.ledger.local.Journal;
import io.keyfront.ledger.local.JournalOptions;
import io.keyfront.ledger.local.LocalLedger;
import io.keyfront.ledger.mark.Marks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Both ledgers do, whatever happens, what a list of calls and its sums say. */
class NaiveModelProperties {
  private static final AtomicLong TRIES = new AtomicLong();
  private static final AtomicLong CLOCK = new AtomicLong();
  private static final RedisProcess REDIS = RedisProcess.started();
  private static final RealCluster NODES = RealCluster.of(3, 0);

  @AfterContainer
  static void stop() {
    REDIS.close();
    NODES.close();
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Move.some();
  }

  @Provide
  Arbitrary<Instant> starts() {
    return LedgerCommand.starts();
  }

  @Property(tries = 150)
  void theJournalledLedgerDoesWhatTheListSays(
      @ForAll("starts") Instant start, @ForAll("moves") List<Move> moves) {
    try (Journalled journalled = new Journalled(start)) {
      new ModelRun(journalled, LocalLedger.RULES.memory(), start, "local").run(moves);
    }
  }

  @Property(tries = 150)
  void theSharedLedgerDoesWhatTheListSays(
      @ForAll("starts") Instant start, @ForAll("moves") List<Move> moves) {
    try (Shared shared = new Shared(REDIS.uri(), start)) {
      String run = "model-" + TRIES.incrementAndGet();
      new ModelRun(shared, Account.Rules.DEFAULT.memory(), start, run).run(moves);
    }
  }

  @Property(tries = 30)
  void soDoesTheOneOnAClusterOfThreeMasters(
      @ForAll("starts") Instant start, @ForAll("moves") List<Move> moves) {
    try (Shared shared = new Shared(NODES.uri(), start)) {
      String run = "model-" + TRIES.incrementAndGet();
      new ModelRun(shared, Account.Rules.DEFAULT.memory(), start, run).run(moves);
    }
  }

  /** A journal that is found as a killed process left it. */
  private static final class Journalled implements ModelRun.Subject {
    private final Path home;
    private Instant now;
    private int folders;
    private Journal journal;

    Journalled(Instant start) {
      now = start;
      try {
        home = Files.createTempDirectory("keyfront-model");
      } catch (IOException full) {
        throw new UncheckedIOException(full);
      }
      journal = open(home.resolve("0"));
    }

    private Journal open(Path folder) {
      try {
        return Journal.open(JournalOptions.in(folder).withFsync(Fsync.NEVER), () -> now);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    @Override
    public Ledger ledger() {
      return journal.ledger();
    }

    @Override
    public void setTime(Instant moment) {
      now = moment;
    }

    /** What is held then is in doubt at once: nobody else can know of it. */
    @Override
    public boolean crash() {
      Path after = home.resolve(String.valueOf(folders + 1));
      try (Stream<Path> files = Files.list(home.resolve(String.valueOf(folders)))) {
        Files.createDirectory(after);
        for (Path file : files.toList()) {
          Files.copy(file, after.resolve(file.getFileName()));
        }
      } catch (IOException full) {
        throw new UncheckedIOException(full);
      }
      journal.close();
      folders++;
      journal = open(after);
      return true;
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  /**
   * A proxy of a real Redis; another one goes on when it dies, and its calls wait for their end.
   */
  private static final class Shared implements ModelRun.Subject {
    private final String uri;
    private RedisLedger ledger;

    Shared(String uri, Instant start) {
      this.uri = uri;
      setTime(start);
      ledger = connect();
    }

    private RedisLedger connect() {
      RedisSettings settings = RedisSettings.of(uri).closing(Duration.ZERO);
      return RedisLedger.connect(settings, Clock.systemUTC(), Marks.none(), CLOCK::get);
    }

    @Override
    public Ledger ledger() {
      return ledger;
    }

    @Override
    public void setTime(Instant moment) {
      CLOCK.set(Micros.of(moment));
    }

    @Override
    public boolean crash() {
      ledger.disconnectAtOnce();
      ledger = connect();
      assertThat(ledger.standing(AccountId.EVERYTHING).toCompletableFuture()).isNotNull();
      return false;
    }

    @Override
    public void close() {
      ledger.disconnectAtOnce();
    }
  }
}
