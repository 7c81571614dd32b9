package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Standing;
import io.keyfront.ledger.mark.Marks;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Raises marks: for calls that wait for it, together; and ahead of need. For many threads. */
final class Raising {
  private final Pipeline pipeline;
  private final Marks marks;

  /** What is asked by calls that wait. */
  private final Map<AccountId, Amount> waiting = new ConcurrentHashMap<>();

  private final Set<AccountId> ahead = ConcurrentHashMap.newKeySet();

  Raising(Pipeline pipeline, Marks marks) {
    this.pipeline = pipeline;
    this.marks = marks;
  }

  /**
   * Makes room for a call.
   *
   * @return completes when the mark is durable, fails where it cannot be
   */
  CompletionStage<Void> raise(Budget budget, Standing now, Amount asked) {
    AccountId account = now.account();
    Amount all = waiting.merge(account, asked, Amount::plus);
    Mark mark = Mark.raised(now, budget, asked, all, pipeline.gates().epoch(account));
    return marks
        .raise(account, mark)
        .whenComplete((raised, failure) -> waiting.computeIfPresent(account, less(asked)));
  }

  private static java.util.function.BiFunction<AccountId, Amount, Amount> less(Amount asked) {
    return (account, sum) -> {
      Amount left = sum.minusOrZero(asked);
      return left.isZero() ? null : left;
    };
  }

  /** Makes room before it is needed: looks where the account stands, and raises its mark. */
  void ahead(AccountId account, Budget budget) {
    if (!marks.kept() || !ahead.add(account)) {
      return;
    }
    Look look = new Look(account);
    pipeline.submit(look);
    var _ =
        look.standing()
            .thenCompose(now -> raise(budget, now, Amount.ZERO))
            .whenComplete((raised, failure) -> ahead.remove(account));
  }
}
