package io.keyfront.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Keyfront says was spent.
 *
 * @param tokens by the names of the tokens
 * @param shared of the credential with a budget
 */
record Books(Map<String, Line> tokens, Line shared) {

  /**
   * An account.
   *
   * @param seeded part of what was spent: what marks charged, as nobody could tell what was lost
   * @param overrun what calls used beyond what they had reserved
   * @param inDoubt calls that were charged in full
   */
  record Line(
      Spent spent, Spent seeded, Spent reserved, Spent overrun, long requests, long inDoubt) {

    /** What calls were charged. */
    Spent byCalls() {
      return spent.minus(seeded);
    }
  }

  /** Empty while a proxy or the ledger does not answer. */
  static Optional<Books> read(ProxyProcess proxy) {
    Optional<Map<String, Line>> tokens = lines(proxy, "token");
    return tokens.isEmpty()
        ? Optional.empty()
        : lines(proxy, "credential")
            .map(lines -> lines.get(Cast.SHARED))
            .map(shared -> new Books(tokens.get(), shared));
  }

  private static Optional<Map<String, Line>> lines(ProxyProcess proxy, String by) {
    Optional<JsonNode> answer = proxy.admin("/usage?by=" + by);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Line> lines = new TreeMap<>();
    for (JsonNode row : answer.get().path("rows")) {
      if (!row.path("spent").isObject()) {
        return Optional.empty();
      }
      lines.put(name(row.path("name").asText()), line(row));
    }
    return Optional.of(lines);
  }

  /** Without its namespace. */
  private static String name(String qualified) {
    return qualified.substring(qualified.lastIndexOf('/') + 1);
  }

  private static Line line(JsonNode row) {
    return new Line(
        spent(row.at("/spent/total")),
        spent(row.path("seeded")),
        spent(row.path("reserved")),
        spent(row.path("overrun")),
        row.path("requests").asLong(),
        row.path("inDoubt").asLong());
  }

  private static Spent spent(JsonNode amount) {
    long nano = new BigDecimal(amount.path("usd").asText()).movePointRight(9).longValueExact();
    return Spent.ofNano(nano, amount.path("tokens").asLong());
  }

  Line of(Purse purse) {
    Line line = tokens.get(purse.name());
    if (line == null) {
      throw new IllegalStateException("The admin API does not know token " + purse.name() + ".");
    }
    return line;
  }

  boolean nothingIsReserved() {
    return shared.reserved().isNothing()
        && tokens.values().stream().allMatch(line -> line.reserved().isNothing());
  }
}
