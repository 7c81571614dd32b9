package io.keyfront.core.scope;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a token may use: a list of {@code provider:model} globs, bare providers ({@code anthropic}
 * is {@code anthropic:*}) or {@code *}. Checked on the target after aliasing.
 */
public final class Scope {
  /** Everything. */
  public static final Scope ALL = of(List.of("*"));

  private final List<Pattern> patterns;

  private record Pattern(Glob provider, Glob model, String text) {
    static Pattern parse(String text) {
      int colon = text.indexOf(':');
      boolean blank = text.isEmpty() || text.chars().anyMatch(c -> c <= ' ');
      if (colon == 0 || colon == text.length() - 1 || blank) {
        throw new IllegalArgumentException(
            "Scope '"
                + text
                + "' is not provider:model: write a provider (anthropic), a pair (openai:gpt-*) or *, without blanks.");
      }
      return colon < 0
          ? new Pattern(Glob.of(text), Glob.of("*"), text)
          : new Pattern(
              Glob.of(text.substring(0, colon)), Glob.of(text.substring(colon + 1)), text);
    }

    boolean allows(Target target) {
      return provider.matches(target.provider()) && model.matches(target.model());
    }
  }

  private Scope(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * @throws IllegalArgumentException when a pattern has no provider, no model or a blank; an empty
   *     list allows nothing
   */
  public static Scope of(List<String> patterns) {
    return new Scope(patterns.stream().map(Pattern::parse).toList());
  }

  public boolean allows(Target target) {
    for (Pattern pattern : patterns) {
      if (pattern.allows(target)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any model of the provider could be in scope. */
  public boolean reaches(String provider) {
    return patterns.stream().anyMatch(pattern -> pattern.provider().matches(provider));
  }

  /** The patterns as they were written. */
  public List<String> patterns() {
    return patterns.stream().map(Pattern::text).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scope scope && patterns.equals(scope.patterns);
  }

  @Override
  public int hashCode() {
    return patterns.hashCode();
  }

  @Override
  public String toString() {
    return patterns.stream().map(Pattern::text).collect(Collectors.joining(", "));
  }
}
