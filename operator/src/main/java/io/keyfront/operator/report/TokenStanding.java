package io.keyfront.operator.report;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Refusals;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.crds.MachineTokenStatus.BudgetStanding;
import io.keyfront.crds.MachineTokenStatus.Part;
import io.keyfront.crds.MachineTokenStatus.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a token spent, as its status says it.
 *
 * @param lastUsed RFC 3339, to the second
 */
record TokenStanding(
    Usage usage, Optional<String> lastUsed, Optional<BudgetStanding> budget, boolean isExhausted) {

  static TokenStanding of(Standing standing, Limits limits) {
    var totals = standing.totals();
    return new TokenStanding(
        new Usage(totals.requests(), totals.inputTokens(), totals.outputTokens()),
        totals.lastUsed().map(TokenStanding::text),
        limits.budget().map(budget -> budget(standing, budget)),
        limits.budget().filter(budget -> isExhausted(standing, budget)).isPresent());
  }

  private static BudgetStanding budget(Standing standing, Budget budget) {
    WindowSpend spend = standing.in(budget.window());
    return new BudgetStanding(
        part(spend, budget.nanoUsd(), Amount::nanoUsd, Refusals::usd),
        part(spend, budget.tokens(), Amount::tokens, Long::toString));
  }

  private static @Nullable Part part(
      WindowSpend spend, OptionalLong limit, ToLongFunction<Amount> of, LongFunction<String> text) {
    if (limit.isEmpty()) {
      return null;
    }
    long spent = of.applyAsLong(spend.spent());
    long held = of.applyAsLong(spend.held());
    long remaining = Math.max(0, limit.getAsLong() - spent - held);
    return new Part(
        text.apply(limit.getAsLong()),
        text.apply(spent),
        text.apply(held),
        text.apply(remaining),
        spend.ends().map(TokenStanding::text).orElse(null));
  }

  /** Spent, not only held: what calls under way hold may come back. */
  private static boolean isExhausted(Standing standing, Budget budget) {
    Amount spent = standing.in(budget.window()).spent();
    return isReached(budget.nanoUsd(), spent.nanoUsd())
        || isReached(budget.tokens(), spent.tokens());
  }

  private static boolean isReached(OptionalLong limit, long spent) {
    return limit.isPresent() && spent >= limit.getAsLong();
  }

  private static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
