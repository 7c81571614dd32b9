package io.keyfront.core.scope;

import java.util.Objects;

/**
 * A glob over a whole string: {@code *} is any run of characters, {@code ?} any one. Case matters.
 */
public final class Glob {
  private final String pattern;
  private final int literals;
  private final boolean exact;

  private Glob(String pattern) {
    this.pattern = pattern;
    this.literals = (int) pattern.chars().filter(c -> c != '*' && c != '?').count();
    this.exact = literals == pattern.length();
  }

  /**
   * @throws IllegalArgumentException when the pattern is empty
   */
  public static Glob of(String pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("A glob must not be empty: write * to match everything.");
    }
    return new Glob(pattern);
  }

  public String pattern() {
    return pattern;
  }

  public boolean isExact() {
    return exact;
  }

  /**
   * Larger is more specific: an exact pattern beats any glob, then the number of literal characters
   * counts.
   */
  public int specificity() {
    return exact ? Integer.MAX_VALUE : literals;
  }

  public boolean matches(String text) {
    return exact ? pattern.equals(text) : matchesFrom(text);
  }

  /** Greedy with one backtracking point: linear for real patterns, at worst pattern x text. */
  private boolean matchesFrom(String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && accepts(pattern.charAt(p), text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    return onlyStarsFrom(p);
  }

  private static boolean accepts(char patternChar, char textChar) {
    return patternChar == '?' || patternChar == textChar;
  }

  private boolean onlyStarsFrom(int index) {
    for (int i = index; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '*') {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && pattern.equals(glob.pattern);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pattern);
  }

  @Override
  public String toString() {
    return pattern;
  }
}
