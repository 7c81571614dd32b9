package io.keyfront.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens, as the admin API answers them, for people. */
public final class TokenTables {
  static final String NOTHING = "-";

  private TokenTables() {}

  /** One line per token. */
  public static String list(JsonNode tokens, Instant now) {
    Table table =
        new Table(
            "NAME",
            "STATUS",
            "SCOPES",
            "EXPIRES",
            "LAST USED",
            "REQUESTS",
            "TOKENS",
            "SPENT",
            "RESERVED",
            "BUDGET",
            "BY",
            "TOKEN");
    for (JsonNode token : tokens) {
      table.row(
          name(token),
          token.path("status").asText(),
          String.join(",", texts(token.path("scopes"))),
          when(token.path("expiresAt"), now).orElse("never"),
          when(token.path("lastUsedAt"), now).orElse("never"),
          requests(token),
          tokensUsed(token),
          LimitTexts.standing(token, "spent"),
          LimitTexts.standing(token, "reserved"),
          LimitTexts.budget(token),
          token.path("managedBy").asText(),
          token.path("masked").asText(token.path("hashPrefix").asText(NOTHING)));
    }
    return table.text();
  }

  /** Everything about one token, a line each. */
  public static String one(JsonNode token, Instant now) {
    Table table = new Table("NAME", name(token));
    table.row("STATUS", token.path("status").asText());
    table.row("SCOPES", String.join(", ", texts(token.path("scopes"))));
    table.row("TOKEN", token.path("token").asText(token.path("masked").asText(NOTHING)));
    table.row("SHA-256", token.path("hashPrefix").asText(NOTHING));
    table.row("CREATED", moment(token.path("createdAt"), now).orElse(NOTHING));
    table.row("EXPIRES", moment(token.path("expiresAt"), now).orElse("never"));
    table.row("ADDRESSES", orElse(String.join(", ", texts(token.path("cidrs"))), "any"));
    table.row("NOTE", orElse(token.path("note").asText(), NOTHING));
    table.row("LABELS", orElse(String.join(", ", labels(token.path("labels"))), NOTHING));
    table.row("MANAGED BY", managedBy(token));
    table.row("LIMITS", LimitTexts.limits(token));
    addBudget(table, token, now);
    table.row("LAST USED", moment(token.path("lastUsedAt"), now).orElse("never"));
    table.row("REQUESTS", requests(token));
    table.row("TOKENS", tokensUsed(token));
    return table.text();
  }

  private static void addBudget(Table table, JsonNode token, Instant now) {
    boolean budget = token.path("budget").isObject();
    table.row("BUDGET", LimitTexts.budget(token));
    table.row("SPENT", LimitTexts.standing(token, "spent"));
    table.row("RESERVED", LimitTexts.standing(token, "reserved"));
    if (budget) {
      table.row("REMAINING", LimitTexts.standing(token, "remaining"));
      moment(token.at("/standing/usd/windowEnds"), now)
          .ifPresent(end -> table.row("COUNTS ANEW", end));
      table.row("ON LEDGER LOSS", token.at("/budget/onLedgerLoss").asText());
    }
  }

  private static String requests(JsonNode token) {
    return token.at("/usage/requests").asText(LimitTexts.UNKNOWN);
  }

  private static String name(JsonNode token) {
    return token.path("namespace").asText() + "/" + token.path("name").asText();
  }

  private static String tokensUsed(JsonNode token) {
    return token.path("usage").isObject() ? tokens(token.path("usage")) : LimitTexts.UNKNOWN;
  }

  static String tokens(JsonNode usage) {
    return usage.path("inputTokens").asText()
        + " in, "
        + usage.path("outputTokens").asText()
        + " out";
  }

  private static String managedBy(JsonNode token) {
    String manager = token.path("managedBy").asText();
    return token.has("declaredIn") ? manager + " " + token.path("declaredIn").asText() : manager;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<String> labels(JsonNode labels) {
    return labels.properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .toList();
  }

  static Optional<String> when(JsonNode moment, Instant now) {
    return moment.isTextual()
        ? Optional.of(HumanTime.of(Instant.parse(moment.textValue()), now))
        : Optional.empty();
  }

  private static Optional<String> moment(JsonNode moment, Instant now) {
    return when(moment, now).map(relative -> moment.textValue() + " (" + relative + ")");
  }

  private static String orElse(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
