package io.keyfront.core.notice;

import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Shortage.Measure;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.ledger.WindowSpend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One limit of a budget and how far it is used. Amounts are nano-USD or tokens, as the measure
 * says.
 *
 * @param windowStart the epoch for {@link Window#TOTAL}
 * @param windowEnds absent for {@link Window#TOTAL}
 * @param spent in the window, with what is in doubt
 * @param held by calls in flight; no threshold counts it, as most of it comes back
 * @param at by the ledger's clock
 */
public record BudgetState(
    BudgetOwner owner,
    Measure measure,
    Window window,
    Instant windowStart,
    Optional<Instant> windowEnds,
    long limit,
    long spent,
    long held,
    Instant at) {
  /** For a budget without an end: its marks are renewed as long as somebody looks at it. */
  private static final Duration TOTAL = Duration.ofDays(400);

  /** How far each limit of a budget is used: money first. */
  public static List<BudgetState> of(BudgetOwner owner, Standing standing) {
    Budget budget = owner.budget();
    WindowSpend spend = standing.in(budget.window());
    List<BudgetState> states = new ArrayList<>();
    budget
        .nanoUsd()
        .ifPresent(
            limit ->
                states.add(
                    state(
                        owner,
                        Measure.NANO_USD,
                        limit,
                        standing,
                        spend.spent().nanoUsd(),
                        spend.held().nanoUsd())));
    budget
        .tokens()
        .ifPresent(
            limit ->
                states.add(
                    state(
                        owner,
                        Measure.TOKENS,
                        limit,
                        standing,
                        spend.spent().tokens(),
                        spend.held().tokens())));
    return states;
  }

  private static BudgetState state(
      BudgetOwner owner, Measure measure, long limit, Standing standing, long spent, long held) {
    Window window = owner.budget().window();
    return new BudgetState(
        owner,
        measure,
        window,
        window.start(standing.at()),
        window.end(standing.at()),
        limit,
        spent,
        held,
        standing.at());
  }

  /** Whether spend has come to so many percent of the limit. A limit of 0 has no percent. */
  public boolean hasReached(int percent) {
    // Both are at most 2^53, so that a hundred times either is still a long.
    return limit > 0 && spent * 100 >= limit * percent;
  }

  public boolean isExhausted() {
    return spent >= limit;
  }

  /** Percent of the limit that are spent, rounded down; beyond 100 where the limit is overrun. */
  public long percent() {
    return limit == 0 ? 100 : spent * 100 / limit;
  }

  /** What is neither spent nor reserved, at least 0. */
  public long remaining() {
    return Math.max(0, limit - spent - held);
  }

  /** What a notice of this limit in this window is known by. */
  String key(NoticeType type) {
    return String.join(
        "|",
        type.label(),
        owner.account().kind().name(),
        owner.account().id(),
        measure.name(),
        window.name(),
        Long.toString(windowStart.getEpochSecond()),
        Long.toString(limit));
  }

  /** When nobody can find this window any more. */
  Instant over() {
    return windowEnds.map(end -> end.plus(Notice.SLACK)).orElseGet(() -> at.plus(TOTAL));
  }
}
