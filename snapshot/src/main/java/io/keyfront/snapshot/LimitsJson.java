package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Limits, left out where there are none. Money is whole nano-USD. */
final class LimitsJson {
  private LimitsJson() {}

  static void write(JsonGenerator out, String field, Limits limits) throws IOException {
    if (limits.isNone()) {
      return;
    }
    out.writeObjectFieldStart(field);
    if (limits.budget().isPresent()) {
      out.writeFieldName("budget");
      budget(out, limits.budget().get());
    }
    JsonOut.number(out, "requestsPerMinute", limits.requestsPerMinute());
    JsonOut.number(out, "tokensPerMinute", limits.tokensPerMinute());
    JsonOut.number(out, "concurrency", limits.concurrency());
    out.writeEndObject();
  }

  private static void budget(JsonGenerator out, Budget budget) throws IOException {
    out.writeStartObject();
    JsonOut.number(out, "nanoUsd", budget.nanoUsd());
    JsonOut.number(out, "tokens", budget.tokens());
    out.writeStringField("window", budget.window().name());
    out.writeStringField("onLedgerLoss", budget.onLedgerLoss().name());
    out.writeEndObject();
  }

  static Limits read(JsonIn in) throws IOException {
    Optional<Budget> budget = Optional.empty();
    OptionalLong requests = OptionalLong.empty();
    OptionalLong tokens = OptionalLong.empty();
    OptionalLong calls = OptionalLong.empty();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      switch (field) {
        case "budget" -> budget = Optional.of(readBudget(in));
        case "requestsPerMinute" -> requests = OptionalLong.of(in.whole());
        case "tokensPerMinute" -> tokens = OptionalLong.of(in.whole());
        case "concurrency" -> calls = OptionalLong.of(in.whole());
        default -> throw in.unknown(field);
      }
    }
    return limits(in, budget, requests, tokens, calls);
  }

  private static Limits limits(
      JsonIn in,
      Optional<Budget> budget,
      OptionalLong requests,
      OptionalLong tokens,
      OptionalLong calls)
      throws IOException {
    return in.made(() -> new Limits(budget, requests, tokens, calls));
  }

  private static Budget readBudget(JsonIn in) throws IOException {
    OptionalLong usd = OptionalLong.empty();
    OptionalLong tokens = OptionalLong.empty();
    Window window = null;
    OnLedgerLoss loss = null;
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      switch (field) {
        case "nanoUsd" -> usd = OptionalLong.of(in.whole());
        case "tokens" -> tokens = OptionalLong.of(in.whole());
        case "window" -> window = in.known(Window.class);
        case "onLedgerLoss" -> loss = in.known(OnLedgerLoss.class);
        default -> throw in.unknown(field);
      }
    }
    return budget(in, usd, tokens, window, loss);
  }

  private static Budget budget(
      JsonIn in,
      OptionalLong usd,
      OptionalLong tokens,
      @Nullable Window window,
      @Nullable OnLedgerLoss loss)
      throws IOException {
    Window given = in.required(window, "window");
    OnLedgerLoss mode = in.required(loss, "onLedgerLoss");
    return in.made(() -> new Budget(usd, tokens, given, mode));
  }
}
