package io.keyfront.protocols.answer;

import io.keyfront.core.money.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Usage as OpenAI counts it: cached tokens are part of the prompt, reasoning is part of the answer.
 */
final class OpenAiUsage {
  private OpenAiUsage() {}

  /** Null when the document has none. */
  static @Nullable Usage of(FieldPicker found) {
    if (!found.hasCount(Field.INPUT) && !found.hasCount(Field.OUTPUT)) {
      return null;
    }
    long prompt = found.count(Field.INPUT);
    long cached = Math.min(prompt, found.count(Field.CACHE_READ));
    long written = Math.min(prompt - cached, found.count(Field.CACHE_WRITE));
    long input = prompt - cached - written;
    // Some compatible servers leave reasoning out of the answer's tokens, but never of the total.
    long output = Math.max(found.count(Field.OUTPUT), found.count(Field.TOTAL) - prompt);
    return new Usage(
        input,
        cached,
        written,
        0,
        output,
        Math.min(output, found.count(Field.REASONING)),
        Math.min(input, found.count(Field.AUDIO_INPUT)),
        Math.min(output, found.count(Field.AUDIO_OUTPUT)),
        0,
        cost(found));
  }

  private static Optional<BigDecimal> cost(FieldPicker found) {
    String cost = found.text(Field.COST);
    return cost == null ? Optional.empty() : Counts.cost(cost);
  }
}
