package io.keyfront.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Limits, budget and standing of a token, as the admin API answers them, for people. */
final class LimitTexts {
  /** The ledger did not say. */
  static final String UNKNOWN = "?";

  private static final String NONE = "none";

  private LimitTexts() {}

  /** {@code 0.05 USD, 1000 tokens a day}. */
  static String budget(JsonNode token) {
    JsonNode budget = token.path("budget");
    if (!budget.isObject()) {
      return NONE;
    }
    String amounts =
        Stream.of(amount(budget.path("usd"), " USD"), amount(budget.path("tokens"), " tokens"))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return amounts + " " + window(budget.path("window").asText());
  }

  private static String window(String window) {
    return switch (window) {
      case "Hour" -> "an hour";
      case "Day" -> "a day";
      case "Week" -> "a week";
      case "Month" -> "a month";
      default -> "in all";
    };
  }

  /**
   * How far a token is, in what its budget limits, and in USD without one.
   *
   * @param field {@code spent}, {@code reserved} or {@code remaining}
   */
  static String standing(JsonNode token, String field) {
    JsonNode standing = token.path("standing");
    if (!standing.isObject()) {
      return UNKNOWN;
    }
    boolean onlyTokens = token.at("/budget/tokens").isNumber() && !token.at("/budget").has("usd");
    String usd = onlyTokens ? "" : amount(standing.at("/usd/" + field), " USD");
    String tokens =
        token.at("/budget").has("tokens") ? amount(standing.at("/tokens/" + field), " tokens") : "";
    return Stream.of(usd, tokens).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
  }

  /** {@code 60 requests a minute, 2 calls at once}. */
  static String limits(JsonNode token) {
    JsonNode limits = token.path("limits");
    List<String> set =
        Stream.of(
                amount(limits.path("requestsPerMinute"), " requests a minute"),
                amount(limits.path("tokensPerMinute"), " tokens a minute"),
                amount(limits.path("concurrency"), " calls at once"))
            .filter(text -> !text.isEmpty())
            .toList();
    return set.isEmpty() ? NONE : String.join(", ", set);
  }

  private static String amount(JsonNode amount, String unit) {
    return amount.isTextual() || amount.isNumber() ? amount.asText() + unit : "";
  }
}
