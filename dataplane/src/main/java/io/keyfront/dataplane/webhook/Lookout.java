package io.keyfront.dataplane.webhook;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.notice.BudgetOwner;
import io.keyfront.core.notice.BudgetState;
import io.keyfront.core.snapshot.Snapshot;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Looks where budgets stand: of those that calls touched since the last look, and, a slice at a
 * time, of all there are, so that what another proxy charged before it died is found as well. For
 * one thread.
 */
final class Lookout {
  /** Touched accounts at one look; the others wait for the next. */
  private static final int MOST = 500;

  /** With a look every 2 s, the round of 10,000 budgets takes about three minutes. */
  private static final int SLICE = 100;

  private static final long PATIENCE_MILLIS = 2_000;
  private static final System.Logger LOG = System.getLogger(Lookout.class.getName());

  private final Ledger ledger;
  private final Touched touched;
  private BudgetOwners owners = BudgetOwners.NONE;
  private int next;

  /** What was seen of one limit. */
  record Sighting(BudgetState state, boolean refused) {}

  /**
   * @param refused whether a call had been refused before this was asked
   */
  private record Asked(boolean refused, CompletableFuture<Standing> standing) {}

  Lookout(Ledger ledger, Touched touched) {
    this.ledger = ledger;
    this.touched = touched;
  }

  /** Blocks for some seconds at most; what the ledger does not tell is left for the next look. */
  List<Sighting> look(Snapshot snapshot) {
    if (!owners.isOf(snapshot)) {
      owners = new BudgetOwners(snapshot);
    }
    Map<BudgetOwner, Asked> asked = new LinkedHashMap<>();
    for (AccountId account : touched.take(MOST)) {
      owners
          .find(account)
          .or(() -> touched.budgetOf(account).map(budget -> owners.session(account, budget)))
          .ifPresentOrElse(
              owner -> ask(owner, asked),
              // Without a budget any more: nobody will be told.
              () -> touched.takeRefused(account));
    }
    for (int i = 0; i < Math.min(SLICE, owners.size()); i++) {
      next = next + 1 < owners.size() ? next + 1 : 0;
      ask(owners.at(next), asked);
    }
    List<Sighting> seen = new ArrayList<>();
    asked.forEach((owner, standing) -> see(owner, standing, seen));
    return seen;
  }

  /** Who was refused is asked for first: the standing then is no older than the refusal. */
  private void ask(BudgetOwner owner, Map<BudgetOwner, Asked> asked) {
    asked.computeIfAbsent(
        owner,
        one ->
            new Asked(
                touched.takeRefused(one.account()),
                ledger
                    .standing(one.account())
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)));
  }

  private void see(BudgetOwner owner, Asked asked, List<Sighting> seen) {
    try {
      Standing standing = asked.standing.join();
      BudgetState.of(owner, standing)
          .forEach(state -> seen.add(new Sighting(state, asked.refused)));
    } catch (CompletionException away) {
      if (asked.refused) {
        touched.refused(owner.account());
      } else {
        touched.charged(owner.account());
      }
      LOG.log(Level.DEBUG, "The ledger does not tell where a budget stands: {0}", away.getCause());
    }
  }
}
