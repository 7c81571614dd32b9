package io.keyfront.console.http;

import io.keyfront.console.desk.BudgetPatch;
import io.keyfront.console.desk.Change;
import io.keyfront.console.desk.LimitsPatch;
import io.keyfront.console.fault.FieldFault;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.crds.BudgetSpec;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads {@code limits} and {@code budget} of a body that makes or changes a token. The rules are
 * those of a MachineToken resource; null is as good as absent, which is without limit.
 */
final class LimitRequests {
  private static final String LIMITS = "limits";
  private static final String BUDGET = "budget";
  private static final List<String> LIMITS_FIELDS =
      List.of("requestsPerMinute", "tokensPerMinute", "concurrency");
  private static final List<String> BUDGET_FIELDS =
      List.of("usd", "tokens", "window", "onLedgerLoss");

  private LimitRequests() {}

  /** The limits of a new token. */
  static Limits limits(JsonFields token) {
    Optional<LimitsSpec> limits = limitsSpec(token);
    Optional<BudgetSpec> budget =
        token.object(BUDGET, BUDGET_FIELDS).map(LimitRequests::budgetSpec);
    budget.ifPresent(spec -> requireRight(BUDGET, spec.problems()));
    return LimitsSpec.limits(limits.orElse(null), budget.orElse(null));
  }

  /** Changes as a JSON merge patch (RFC 7396) states them: null takes away, absent stays. */
  static LimitsPatch patch(JsonFields token) {
    Optional<LimitsSpec> said = limitsSpec(token);
    return new LimitsPatch(
        rate(token, "requestsPerMinute", said.map(LimitsSpec::requestsPerMinute)),
        rate(token, "tokensPerMinute", said.map(LimitsSpec::tokensPerMinute)),
        rate(token, "concurrency", said.map(LimitsSpec::concurrency)),
        budgetPatch(token));
  }

  private static Optional<LimitsSpec> limitsSpec(JsonFields token) {
    Optional<LimitsSpec> limits =
        token
            .object(LIMITS, LIMITS_FIELDS)
            .map(
                fields ->
                    new LimitsSpec(
                        fields.whole("requestsPerMinute").orElse(null),
                        fields.whole("tokensPerMinute").orElse(null),
                        fields.whole("concurrency").orElse(null)));
    limits.ifPresent(spec -> requireRight(LIMITS, spec.problems()));
    return limits;
  }

  private static Change<Long> rate(JsonFields token, String name, Optional<Long> said) {
    boolean removed =
        token.isNull(LIMITS)
            || token.object(LIMITS, LIMITS_FIELDS).stream().anyMatch(limits -> limits.isNull(name));
    return removed
        ? new Change.Remove<>()
        : said.<Change<Long>>map(Change.Become::new).orElseGet(Change.Keep::new);
  }

  private static BudgetPatch budgetPatch(JsonFields token) {
    if (token.isNull(BUDGET)) {
      return BudgetPatch.REMOVE;
    }
    return token.object(BUDGET, BUDGET_FIELDS).map(LimitRequests::changes).orElse(BudgetPatch.NONE);
  }

  private static BudgetPatch changes(JsonFields fields) {
    BudgetSpec said = budgetSpec(fields);
    // Whether a limit is left shows only beside the budget that is changed.
    BudgetSpec judged =
        said.usd() == null && said.tokens() == null
            ? new BudgetSpec(null, 0L, said.window(), said.onLedgerLoss())
            : said;
    requireRight(BUDGET, judged.problems());
    Budget budget = judged.budget();
    return new BudgetPatch(
        change(fields, "usd", () -> budget.nanoUsd().getAsLong()),
        change(fields, "tokens", () -> budget.tokens().getAsLong()),
        change(fields, "window", budget::window),
        change(fields, "onLedgerLoss", budget::onLedgerLoss));
  }

  private static <T> Change<T> change(JsonFields fields, String name, Supplier<T> value) {
    if (!fields.has(name)) {
      return new Change.Keep<>();
    }
    return fields.isNull(name) ? new Change.Remove<>() : new Change.Become<>(value.get());
  }

  private static BudgetSpec budgetSpec(JsonFields fields) {
    return new BudgetSpec(
        fields.word("usd", "0.05").orElse(null),
        fields.whole("tokens").orElse(null),
        fields.word("window", "Day").orElse(null),
        fields.word("onLedgerLoss", "Deny").orElse(null));
  }

  private static void requireRight(String parent, List<Problem> problems) {
    for (Problem problem : problems) {
      String field = problem.under(parent).field();
      throw new FieldFault.Invalid(
              field, "%s %s: %s.".formatted(field, problem.problem(), problem.fix()))
          .refused();
    }
  }
}
