package io.keyfront.console.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.console.http.Spenders.Spender;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Refusals;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.core.money.UsageTotals;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was used and spent, a row for each account. */
final class UsageJson {
  private static final List<String> UNKNOWN =
      List.of(
          "requests",
          "inputTokens",
          "outputTokens",
          "inDoubt",
          "spent",
          "overrun",
          "seeded",
          "lastUsedAt");

  private UsageJson() {}

  /**
   * @param known in the order of the rows, and at last the sum of all calls; empty where the ledger
   *     does not say
   */
  static byte[] page(
      Spenders.By by,
      List<Spender> spenders,
      List<Optional<Standing>> known,
      Optional<String> next) {
    return AnswerJson.object(
        out -> {
          out.writeStringField("by", by.label());
          out.writeArrayFieldStart("rows");
          for (int i = 0; i < spenders.size(); i++) {
            out.writeStartObject();
            out.writeStringField("name", spenders.get(i).name());
            LimitsJson.write(out, spenders.get(i).limits(), known.get(i));
            writeReserved(out, known.get(i));
            writeRow(out, known.get(i));
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeObjectFieldStart("total");
          writeRow(out, known.getLast());
          out.writeEndObject();
          if (next.isPresent()) {
            out.writeStringField("next", next.get());
          }
        });
  }

  private static void writeRow(JsonGenerator out, Optional<Standing> known) throws IOException {
    if (known.isEmpty()) {
      for (String field : UNKNOWN) {
        out.writeNullField(field);
      }
      return;
    }
    Standing standing = known.get();
    UsageTotals totals = standing.totals();
    out.writeNumberField("requests", totals.requests());
    out.writeNumberField("inputTokens", totals.inputTokens());
    out.writeNumberField("outputTokens", totals.outputTokens());
    out.writeNumberField("inDoubt", totals.inDoubt());
    out.writeObjectFieldStart("spent");
    for (WindowSpend spend : standing.windows()) {
      writeAmount(out, spend.window().name().toLowerCase(Locale.ROOT), spend.spent());
    }
    out.writeEndObject();
    writeAmount(out, "overrun", standing.overrun());
    writeAmount(out, "seeded", standing.seeded());
    AnswerJson.writeNullable(out, "lastUsedAt", totals.lastUsed().map(Instant::toString));
  }

  /** Not of the sum: its account is charged at settlement and never asked for room. */
  private static void writeReserved(JsonGenerator out, Optional<Standing> known)
      throws IOException {
    if (known.isEmpty()) {
      out.writeNullField("reserved");
    } else {
      writeAmount(out, "reserved", known.get().in(Window.TOTAL).held());
    }
  }

  private static void writeAmount(JsonGenerator out, String name, Amount amount)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("usd", Refusals.usd(amount.nanoUsd()));
    out.writeNumberField("tokens", amount.tokens());
    out.writeEndObject();
  }
}
