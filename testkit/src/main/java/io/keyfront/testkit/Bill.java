package io.keyfront.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.testkit.speech.Json;
import io.keyfront.testkit.speech.Said;
import io.keyfront.testkit.speech.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the provider charges, kept apart from anything the product counts: a call is written down
 * before the bytes it pays for are sent. Safe for use by several threads.
 */
public final class Bill {
  /** Lines kept; older ones remain in the totals only. */
  public static final int MAX_LINES = 100_000;

  /** Keys and models with a total of their own; the rest share {@value #OTHERS}. */
  public static final int MAX_NAMES = 10_000;

  /** Stands for keys or models beyond {@value #MAX_NAMES}. */
  public static final String OTHERS = "(others)";

  private final Map<Long, BilledCall> lines = new LinkedHashMap<>();
  private final Map<String, Tokens> byKey = new TreeMap<>();
  private final Map<String, Tokens> byModel = new TreeMap<>();
  private final Map<String, Long> callsByModel = new TreeMap<>();
  private Tokens total = Tokens.NONE;

  Bill() {}

  synchronized void open(long call, Said said) {
    lines.put(
        call, new BilledCall(call, said.dialect(), said.model(), said.key(), Tokens.NONE, false));
    if (lines.size() > MAX_LINES) {
      lines.remove(lines.keySet().iterator().next());
    }
    callsByModel.merge(nameIn(callsByModel, said.model()), 1L, Long::sum);
    owe(call, said, said.answer().begun());
  }

  synchronized void owe(long call, Said said, Tokens tokens) {
    lines.computeIfPresent(call, (number, line) -> line.owing(tokens));
    add(byKey, said.key(), tokens);
    add(byModel, said.model(), tokens);
    total = total.plus(tokens);
  }

  private static void add(Map<String, Tokens> totals, String name, Tokens tokens) {
    totals.merge(nameIn(totals, name), tokens, Tokens::plus);
  }

  private static String nameIn(Map<String, ?> totals, String name) {
    return totals.containsKey(name) || totals.size() < MAX_NAMES ? name : OTHERS;
  }

  synchronized void complete(long call) {
    lines.computeIfPresent(call, (number, line) -> line.completed());
  }

  /** The lines in the order of the calls, the last {@value #MAX_LINES}. */
  public synchronized List<BilledCall> calls() {
    return List.copyOf(lines.values());
  }

  /** The line of the newest call. */
  public synchronized Optional<BilledCall> last() {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(lines.values().stream().reduce((first, second) -> second).orElseThrow());
  }

  /** Everything owed since the start. */
  public synchronized Tokens total() {
    return total;
  }

  /** Totals by the key presented. */
  public synchronized Map<String, Tokens> byKey() {
    return Map.copyOf(byKey);
  }

  /** Totals by model. */
  public synchronized Map<String, Tokens> byModel() {
    return Map.copyOf(byModel);
  }

  /** The bill as JSON: {@code calls}, {@code total}, {@code byKey}, {@code byModel}. */
  public synchronized JsonNode toJson() {
    ArrayNode calls = Json.array();
    lines.values().forEach(line -> calls.add(line(line)));
    return Json.object("calls", calls).setAll(totalsJson());
  }

  /** The same without the calls, however many there were, but with their number by model. */
  synchronized ObjectNode totalsJson() {
    ObjectNode calls = Json.object();
    callsByModel.forEach(calls::put);
    return Json.object(
        "total", tokens(total),
        "byKey", tokens(byKey),
        "byModel", tokens(byModel),
        "callsByModel", calls);
  }

  private static ObjectNode line(BilledCall line) {
    return Json.object(
        "call", line.call(),
        "dialect", line.dialect().name(),
        "model", line.model(),
        "key", line.key(),
        "tokens", tokens(line.tokens()),
        "complete", line.complete());
  }

  private static ObjectNode tokens(Map<String, Tokens> totals) {
    ObjectNode node = Json.object();
    totals.forEach((name, tokens) -> node.set(name, tokens(tokens)));
    return node;
  }

  private static ObjectNode tokens(Tokens tokens) {
    return Json.object(
        "input", tokens.input(),
        "cacheRead", tokens.cacheRead(),
        "cacheWrite5m", tokens.cacheWrite5m(),
        "cacheWrite1h", tokens.cacheWrite1h(),
        "output", tokens.output(),
        "reasoning", tokens.reasoning());
  }
}
