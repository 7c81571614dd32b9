package io.keyfront.dataplane;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Refusals;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.core.token.Identity;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** The body of {@code GET /v1/self}: who the caller is, what it may do and what it used. */
final class SelfAnswer {
  private SelfAnswer() {}

  static String of(Identity identity, Standing standing) {
    return SideAnswers.object(
        json -> {
          json.writeStringField("name", identity.name());
          json.writeStringField("namespace", identity.namespace());
          json.writeStringField("format", identity.format().label());
          json.writeArrayFieldStart("scopes");
          for (String pattern : identity.scope().patterns()) {
            json.writeString(pattern);
          }
          json.writeEndArray();
          json.writeStringField(
              "expiresAt", identity.expiresAt().map(Instant::toString).orElse(null));
          limits(json, identity.limits());
          budget(json, identity.limits().budget(), standing);
          json.writeNumberField("callsInFlight", standing.inFlight());
          SideAnswers.usage(json, standing.totals());
        });
  }

  private static void limits(JsonGenerator json, Limits limits) throws IOException {
    json.writeObjectFieldStart("limits");
    number(json, "requestsPerMinute", limits.requestsPerMinute());
    number(json, "tokensPerMinute", limits.tokensPerMinute());
    number(json, "concurrency", limits.concurrency());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }

  private static void budget(JsonGenerator json, Optional<Budget> budget, Standing standing)
      throws IOException {
    json.writeObjectFieldStart("budget");
    if (budget.isEmpty()) {
      json.writeNullField("usd");
      json.writeNullField("tokens");
    } else {
      WindowSpend window = standing.in(budget.get().window());
      Optional<Instant> ends = window.ends();
      measure(
          json,
          "usd",
          new Measured(
              budget.get().nanoUsd(), window.spent().nanoUsd(), window.held().nanoUsd(), ends),
          nano -> '"' + Refusals.usd(nano) + '"');
      measure(
          json,
          "tokens",
          new Measured(
              budget.get().tokens(), window.spent().tokens(), window.held().tokens(), ends),
          Long::toString);
    }
    json.writeEndObject();
  }

  /** One side of a budget in its window. */
  private record Measured(OptionalLong limit, long spent, long held, Optional<Instant> ends) {
    long remaining() {
      return Math.max(0, limit.orElse(0) - spent - held);
    }
  }

  private static void measure(
      JsonGenerator json, String name, Measured measured, LongFunction<String> text)
      throws IOException {
    if (measured.limit().isEmpty()) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    raw(json, "limit", text.apply(measured.limit().getAsLong()));
    raw(json, "spent", text.apply(measured.spent()));
    raw(json, "reserved", text.apply(measured.held()));
    raw(json, "remaining", text.apply(measured.remaining()));
    json.writeStringField("windowEnds", measured.ends().map(Instant::toString).orElse(null));
    json.writeEndObject();
  }

  private static void raw(JsonGenerator json, String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }
}
