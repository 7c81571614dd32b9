package io.keyfront.crds;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a spec, so that every problem is told at once. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(String field, String problem, String fix) {
    found.add(new Problem(field, problem, fix));
  }

  void addAll(String field, List<Problem> nested) {
    nested.forEach(problem -> found.add(problem.under(field)));
  }

  <T> void each(String field, List<T> items, Function<T, List<Problem>> check) {
    for (int i = 0; i < items.size(); i++) {
      addAll(field + "[" + i + "]", check.apply(items.get(i)));
    }
  }

  /** Reports a text that is too long, empty, or not of the pattern; absent is fine. */
  void text(String field, @Nullable String value, int maxLength, Pattern pattern, String fix) {
    if (value == null) {
      return;
    }
    if (value.isEmpty()) {
      add(field, "is empty", fix);
    } else if (value.length() > maxLength) {
      tooLong(field, value, maxLength);
    } else if (!pattern.matcher(value).matches()) {
      add(field, "'" + value + "' is not allowed here", fix);
    }
  }

  void maxLength(String field, @Nullable String value, int maxLength) {
    if (value != null && value.length() > maxLength) {
      tooLong(field, value, maxLength);
    }
  }

  void range(String field, int value, int min, int max) {
    if (value < min || value > max) {
      add(field, value + " is out of range", "write a whole number from " + min + " to " + max);
    }
  }

  void range(String field, @Nullable Long value, long min, long max) {
    if (value != null && (value < min || value > max)) {
      add(field, value + " is out of range", "write a whole number from " + min + " to " + max);
    }
  }

  void count(String field, List<?> items, int min, int max) {
    if (items.size() < min) {
      add(field, "is empty", "give at least " + min);
    } else if (items.size() > max) {
      add(field, "has " + items.size() + " entries", "give at most " + max);
    }
  }

  List<Problem> list() {
    return List.copyOf(found);
  }

  private void tooLong(String field, String value, int maxLength) {
    add(field, "has " + value.length() + " characters", "write at most " + maxLength);
  }
}
