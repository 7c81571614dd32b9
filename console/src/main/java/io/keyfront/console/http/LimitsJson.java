package io.keyfront.console.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Refusals;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.crds.BudgetSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Limits and budget as they are set, and where an account stands. USD are decimal texts: no double
 * of a client may touch them.
 */
final class LimitsJson {
  private LimitsJson() {}

  /**
   * Writes the fields {@code limits}, {@code budget} and {@code standing}.
   *
   * @param standing empty where the ledger does not say
   */
  static void write(JsonGenerator out, Limits limits, Optional<Standing> standing)
      throws IOException {
    out.writeObjectFieldStart("limits");
    writeSet(out, "requestsPerMinute", limits.requestsPerMinute());
    writeSet(out, "tokensPerMinute", limits.tokensPerMinute());
    writeSet(out, "concurrency", limits.concurrency());
    out.writeEndObject();
    writeBudget(out, limits.budget());
    if (standing.isEmpty()) {
      out.writeNullField("standing");
    } else {
      writeStanding(out, limits.budget(), standing.get());
    }
  }

  private static void writeBudget(JsonGenerator out, Optional<Budget> set) throws IOException {
    if (set.isEmpty()) {
      out.writeNullField("budget");
      return;
    }
    Budget budget = set.get();
    out.writeObjectFieldStart("budget");
    if (budget.nanoUsd().isPresent()) {
      out.writeStringField("usd", Refusals.usd(budget.nanoUsd().getAsLong()));
    }
    writeSet(out, "tokens", budget.tokens());
    out.writeStringField("window", BudgetSpec.name(budget.window()));
    out.writeStringField("onLedgerLoss", BudgetSpec.name(budget.onLedgerLoss()));
    out.writeEndObject();
  }

  private static void writeStanding(JsonGenerator out, Optional<Budget> budget, Standing standing)
      throws IOException {
    WindowSpend spend = standing.in(budget.map(Budget::window).orElse(Window.TOTAL));
    out.writeObjectFieldStart("standing");
    out.writeStringField("window", BudgetSpec.name(spend.window()));
    writeMeasure(
        out,
        "usd",
        budget.map(Budget::nanoUsd).orElse(OptionalLong.empty()),
        spend,
        Amount::nanoUsd,
        nano -> "\"" + Refusals.usd(nano) + "\"");
    writeMeasure(
        out,
        "tokens",
        budget.map(Budget::tokens).orElse(OptionalLong.empty()),
        spend,
        Amount::tokens,
        Long::toString);
    out.writeEndObject();
  }

  private static void writeMeasure(
      JsonGenerator out,
      String name,
      OptionalLong limit,
      WindowSpend spend,
      ToLongFunction<Amount> measure,
      LongFunction<String> json)
      throws IOException {
    long spent = measure.applyAsLong(spend.spent());
    long held = measure.applyAsLong(spend.held());
    out.writeObjectFieldStart(name);
    writeRaw(out, "limit", limit, json);
    writeRaw(out, "spent", OptionalLong.of(spent), json);
    writeRaw(out, "reserved", OptionalLong.of(held), json);
    writeRaw(out, "remaining", remaining(limit, spent + held), json);
    AnswerJson.writeNullable(out, "windowEnds", spend.ends().map(Instant::toString));
    out.writeEndObject();
  }

  private static OptionalLong remaining(OptionalLong limit, long taken) {
    return limit.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - taken))
        : OptionalLong.empty();
  }

  private static void writeRaw(
      JsonGenerator out, String name, OptionalLong value, LongFunction<String> json)
      throws IOException {
    out.writeFieldName(name);
    out.writeRawValue(value.isPresent() ? json.apply(value.getAsLong()) : "null");
  }

  private static void writeSet(JsonGenerator out, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(name, value.getAsLong());
    }
  }
}
