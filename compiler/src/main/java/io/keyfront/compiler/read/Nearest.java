package io.keyfront.compiler.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a person may have meant. */
final class Nearest {
  private static final int WORD_MAX = 64;

  private Nearest() {}

  /** What to write instead: the nearest known word, or all of them when none is near. */
  static String suggestion(String word, Collection<String> known) {
    return nearest(word, known)
        .map(name -> "write " + name)
        .orElseGet(
            () ->
                known.isEmpty()
                    ? "remove it: there are no fields here"
                    : "remove it, or write one of " + String.join(", ", known));
  }

  static Optional<String> nearest(String word, Collection<String> known) {
    if (word.isEmpty() || word.length() > WORD_MAX) {
      return Optional.empty();
    }
    return known.stream()
        .filter(name -> distance(word, name) <= tolerance(word))
        .min(Comparator.comparingInt(name -> distance(word, name)));
  }

  private static int tolerance(String word) {
    return Math.max(1, word.length() / 3);
  }

  /** Levenshtein's distance, case aside. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
