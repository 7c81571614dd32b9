package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.crds.BudgetSpec;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much may go through a token. */
final class LimitOptions {
  /** What takes one limit away. */
  private static final String NONE = "none";

  @Option(
      names = "--budget-usd",
      paramLabel = "AMOUNT",
      description = "What it may spend in the window, in USD: 0.05. 0 is nothing, none no limit.")
  private Optional<String> usd = Optional.empty();

  @Option(
      names = "--budget-tokens",
      paramLabel = "N",
      converter = Limit.class,
      description = "What it may use in the window, in tokens. 0 is nothing, none no limit.")
  private Optional<JsonNode> tokens = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "WINDOW",
      completionCandidates = Windows.class,
      description = "Over what the budget counts: ${COMPLETION-CANDIDATES}; by the calendar, UTC.")
  private Optional<Window> window = Optional.empty();

  @Option(
      names = "--on-ledger-loss",
      paramLabel = "CONDUCT",
      completionCandidates = Conducts.class,
      description =
          "What becomes of calls while a shared ledger is away: ${COMPLETION-CANDIDATES}.")
  private Optional<OnLedgerLoss> onLedgerLoss = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = Limit.class,
      description = "Requests a minute. 0 is none at all, none no limit.")
  private Optional<JsonNode> requests = Optional.empty();

  @Option(
      names = "--tokens-per-minute",
      paramLabel = "N",
      converter = Limit.class,
      description = "Input and output tokens a minute.")
  private Optional<JsonNode> tokensPerMinute = Optional.empty();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = Limit.class,
      description = "Calls at one time, each for as long as its answer streams.")
  private Optional<JsonNode> concurrency = Optional.empty();

  boolean hasBudget() {
    return Stream.of(usd, tokens, window, onLedgerLoss).anyMatch(Optional::isPresent);
  }

  boolean hasLimits() {
    return Stream.of(requests, tokensPerMinute, concurrency).anyMatch(Optional::isPresent);
  }

  /** Writes what was said, and nothing else, as fields of a request to the admin API. */
  void write(ObjectNode body) {
    if (hasLimits()) {
      ObjectNode limits = body.putObject("limits");
      requests.ifPresent(limit -> limits.set("requestsPerMinute", limit));
      tokensPerMinute.ifPresent(limit -> limits.set("tokensPerMinute", limit));
      concurrency.ifPresent(limit -> limits.set("concurrency", limit));
    }
    if (hasBudget()) {
      ObjectNode budget = body.putObject("budget");
      usd.ifPresent(text -> budget.put("usd", text.equals(NONE) ? null : text));
      tokens.ifPresent(limit -> budget.set("tokens", limit));
      window.ifPresent(choice -> budget.put("window", BudgetSpec.name(choice)));
      onLedgerLoss.ifPresent(choice -> budget.put("onLedgerLoss", BudgetSpec.name(choice)));
    }
  }

  /** A whole number, or none. */
  static final class Limit implements ITypeConverter<JsonNode> {
    @Override
    public JsonNode convert(String text) {
      if (text.equals(NONE)) {
        return JsonNodeFactory.instance.nullNode();
      }
      if (text.matches("[0-9]{1,18}")) {
        return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
      }
      throw new TypeConversionException("'" + text + "' is not a whole number, nor none");
    }
  }

  /** In the words that resources use. */
  static final class Windows implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names(Window.values());
    }
  }

  /** In the words that resources use. */
  static final class Conducts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names(OnLedgerLoss.values());
    }
  }

  private static Iterator<String> names(Enum<?>... choices) {
    return Arrays.stream(choices).map(BudgetSpec::name).iterator();
  }
}
