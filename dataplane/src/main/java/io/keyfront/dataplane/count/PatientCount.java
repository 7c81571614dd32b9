package io.keyfront.dataplane.count;

import io.keyfront.protocols.bound.ExactInput;
import io.keyfront.protocols.bound.TextParts;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * Counts texts piece by piece until its time is up; what is left then counts as its bytes, which no
 * count exceeds. Pure but for the clock it is given.
 */
final class PatientCount {
  /**
   * Characters counted at a time. A tokenizer takes longer than its text is long for a word without
   * an end: some 20 ms for one of this length, 300 ms for one four times as long.
   */
  static final int PIECE = 2_048;

  private final ToLongFunction<String> vocabulary;
  private final BooleanSupplier timeIsUp;

  PatientCount(ToLongFunction<String> vocabulary, BooleanSupplier timeIsUp) {
    this.vocabulary = vocabulary;
    this.timeIsUp = timeIsUp;
  }

  /** Tokens of all texts, at most. */
  long of(TextParts parts) {
    long sum = 0;
    for (String text : parts.texts()) {
      sum += of(text);
    }
    return sum;
  }

  private long of(String text) {
    long sum = 0;
    int from = 0;
    while (from < text.length()) {
      int to = end(text, from);
      String piece = text.substring(from, to);
      long bytes = piece.getBytes(StandardCharsets.UTF_8).length;
      sum += timeIsUp.getAsBoolean() ? bytes : Math.min(bytes, vocabulary.applyAsLong(piece));
      sum += to < text.length() ? ExactInput.TEXT_MARGIN : 0;
      from = to;
    }
    return sum;
  }

  /** Where no code point is cut in two. */
  private static int end(String text, int from) {
    int to = Math.min(text.length(), from + PIECE);
    return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
  }
}
