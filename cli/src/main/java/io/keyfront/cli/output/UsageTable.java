package io.keyfront.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;

/** What was used and spent, as the admin API answers it, for people. */
public final class UsageTable {
  private UsageTable() {}

  /**
   * One line for each row, and the sum.
   *
   * @param usage with all its rows
   */
  public static String of(JsonNode usage, Instant now) {
    Table table =
        new Table(
            usage.path("by").asText("name").toUpperCase(Locale.ROOT),
            "REQUESTS",
            "IN DOUBT",
            "TOKENS",
            "THIS HOUR",
            "TODAY",
            "THIS WEEK",
            "THIS MONTH",
            "IN ALL",
            "RESERVED",
            "SEEDED",
            "BUDGET",
            "LIMITS",
            "LAST USED");
    usage.path("rows").forEach(row -> add(table, row.path("name").asText(), row, now));
    add(table, "total", usage.path("total"), now);
    return table.text();
  }

  private static void add(Table table, String name, JsonNode row, Instant now) {
    boolean known = row.path("requests").isNumber();
    table.row(
        name,
        known ? row.path("requests").asText() : LimitTexts.UNKNOWN,
        known ? row.path("inDoubt").asText() : LimitTexts.UNKNOWN,
        known ? TokenTables.tokens(row) : LimitTexts.UNKNOWN,
        usd(row, "/spent/hour"),
        usd(row, "/spent/day"),
        usd(row, "/spent/week"),
        usd(row, "/spent/month"),
        usd(row, "/spent/total"),
        row.has("reserved") ? usd(row, "/reserved") : TokenTables.NOTHING,
        usd(row, "/seeded"),
        row.has("limits") ? LimitTexts.budget(row) : TokenTables.NOTHING,
        row.has("limits") ? LimitTexts.limits(row) : TokenTables.NOTHING,
        known ? TokenTables.when(row.path("lastUsedAt"), now).orElse("never") : LimitTexts.UNKNOWN);
  }

  private static String usd(JsonNode row, String amount) {
    JsonNode usd = row.at(amount + "/usd");
    return usd.isTextual() ? usd.textValue() + " USD" : LimitTexts.UNKNOWN;
  }
}
