package io.keyfront.cli.home;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Limits;
import io.keyfront.crds.BudgetSpec;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token's limits and budget in {@code tokens.json}, in the words of a MachineToken resource.
 * Absent is without limit: so are tokens of files that were written before there were any.
 */
final class StoredLimits {
  private StoredLimits() {}

  static void write(JsonGenerator out, Limits limits) throws IOException {
    LimitsSpec rates = LimitsSpec.of(limits);
    if (!rates.equals(LimitsSpec.of(Limits.NONE))) {
      out.writeObjectFieldStart("limits");
      writeNumber(out, "requestsPerMinute", rates.requestsPerMinute());
      writeNumber(out, "tokensPerMinute", rates.tokensPerMinute());
      writeNumber(out, "concurrency", rates.concurrency());
      out.writeEndObject();
    }
    if (limits.budget().isPresent()) {
      BudgetSpec budget = BudgetSpec.of(limits.budget().get());
      out.writeObjectFieldStart("budget");
      writeText(out, "usd", budget.usd());
      writeNumber(out, "tokens", budget.tokens());
      writeText(out, "window", budget.window());
      writeText(out, "onLedgerLoss", budget.onLedgerLoss());
      out.writeEndObject();
    }
  }

  private static void writeNumber(JsonGenerator out, String name, @Nullable Long number)
      throws IOException {
    if (number != null) {
      out.writeNumberField(name, number);
    }
  }

  private static void writeText(JsonGenerator out, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      out.writeStringField(name, text);
    }
  }

  /**
   * @throws IllegalArgumentException when they are none: a limit must not get lost
   */
  static Limits read(HomeJson token) {
    Optional<LimitsSpec> rates =
        token
            .optionalObject("limits")
            .map(
                limits ->
                    new LimitsSpec(
                        limits.optionalNumber("requestsPerMinute"),
                        limits.optionalNumber("tokensPerMinute"),
                        limits.optionalNumber("concurrency")));
    Optional<BudgetSpec> budget =
        token
            .optionalObject("budget")
            .map(
                said ->
                    new BudgetSpec(
                        said.optionalText("usd").orElse(null),
                        said.optionalNumber("tokens"),
                        said.optionalText("window").orElse(null),
                        said.optionalText("onLedgerLoss").orElse(null)));
    rates.ifPresent(spec -> requireRight("limits", spec.problems()));
    budget.ifPresent(spec -> requireRight("budget", spec.problems()));
    return LimitsSpec.limits(rates.orElse(null), budget.orElse(null));
  }

  private static void requireRight(String field, List<Problem> problems) {
    for (Problem problem : problems) {
      throw new IllegalArgumentException(problem.under(field).field() + " " + problem.problem());
    }
  }
}
