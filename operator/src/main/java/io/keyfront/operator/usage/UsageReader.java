package io.keyfront.operator.usage;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.money.UsageTotals;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.apply.Triggers;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.reconcile.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks the ledger what tokens spent, all of them in turn, and has those reconciled whose account
 * moved: each at most once in a turn of 30 s, and 20 in a second over all.
 */
public final class UsageReader implements Runnable {
  /** One turn takes at least so long. */
  static final Duration TURN = Duration.ofSeconds(30);

  /** How long the ledger may take for one answer. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** So many accounts are asked for at once. */
  private static final int BATCH = 64;

  private static final long PAUSE_MILLIS = 50;

  private final World world;
  private final Ledger ledger;
  private final Map<ObjectName, Standing> standings;
  private final Pace writes;
  private final Triggers triggers;
  private final Duration turn;

  /**
   * @param standings where answers are left for the reconcilers
   * @param writes lets the writes of statuses through that only say what was spent
   * @param turn how long one turn takes at least
   */
  public UsageReader(
      World world,
      Ledger ledger,
      Map<ObjectName, Standing> standings,
      Pace writes,
      Triggers triggers,
      Duration turn) {
    this.world = world;
    this.ledger = ledger;
    this.standings = standings;
    this.writes = writes;
    this.triggers = triggers;
    this.turn = turn;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long start = System.nanoTime();
        turn();
        long left = turn.toNanos() - (System.nanoTime() - start);
        TimeUnit.NANOSECONDS.sleep(Math.max(left, 0));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    List<MachineToken> tokens = List.copyOf(world.tokens().values());
    for (int from = 0; from < tokens.size(); from += BATCH) {
      batch(tokens.subList(from, Math.min(tokens.size(), from + BATCH)));
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    standings.keySet().removeIf(name -> world.tokens().get(name) == null);
  }

  private void batch(List<MachineToken> tokens) throws InterruptedException {
    List<CompletableFuture<Optional<Standing>>> asked = tokens.stream().map(this::ask).toList();
    for (int i = 0; i < tokens.size(); i++) {
      Optional<Standing> answer = asked.get(i).join();
      if (answer.isPresent()) {
        note(ObjectName.of(tokens.get(i)), answer.get());
      }
    }
  }

  private CompletableFuture<Optional<Standing>> ask(MachineToken token) {
    return ledger
        .standing(AccountId.token(token.getMetadata().getUid()))
        .thenApply(Optional::of)
        .exceptionally(away -> Optional.empty())
        .toCompletableFuture()
        .completeOnTimeout(Optional.empty(), ANSWER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void note(ObjectName name, Standing now) throws InterruptedException {
    Standing before = standings.get(name);
    if (before == null ? isUnused(now) : isSame(before, now)) {
      return;
    }
    while (!writes.take()) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    standings.put(name, now);
    triggers.reconcile(Kind.MACHINE_TOKEN, name);
  }

  private static boolean isUnused(Standing standing) {
    UsageTotals totals = standing.totals();
    return totals.requests() == 0 && standing.inFlight() == 0 && totals.lastUsed().isEmpty();
  }

  /** But for the moment at which it was asked. */
  private static boolean isSame(Standing before, Standing now) {
    return before.totals().equals(now.totals())
        && before.windows().equals(now.windows())
        && before.seeded().equals(now.seeded());
  }
}
