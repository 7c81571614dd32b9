package io.keyfront.core.scope;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource(
      textBlock =
          """
          gpt-5,       gpt-5,         true
          gpt-5,       gpt-5-mini,    false
          gpt-5,       GPT-5,         false
          gpt-*,       gpt-5,         true
          gpt-*,       gpt-,          true
          gpt-*,       gpt,           false
          *-mini,      gpt-5-mini,    true
          *-mini,      gpt-5-minis,   false
          *,           anything,      true
          *,           '',            true
          **,          x,             true
          ?,           x,             true
          ?,           '',            false
          ?,           xy,            false
          claude-?-5,  claude-4-5,    true
          claude-?-5,  claude-40-5,   false
          a*b*c,       aXbYbZc,       true
          a*b*c,       aXbYbZ,        false
          gpt.5,       gptX5,         false
          [ab],        a,             false
          [ab],        [ab],          true
          """)
  void wholeTextIsMatchedWithStarsAndQuestionMarks(String pattern, String text, boolean matches) {
    assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void exactPatternIsMoreSpecificThanAnyGlob() {
    var exact = Glob.of("o3");
    var longGlob = Glob.of("claude-sonnet-4-5-20250929-*");

    assertThat(exact.isExact()).isTrue();
    assertThat(longGlob.isExact()).isFalse();
    assertThat(exact.specificity()).isGreaterThan(longGlob.specificity());
  }

  @Test
  void globWithMoreLiteralCharactersIsMoreSpecific() {
    var narrow = Glob.of("gpt-5-*");
    var wide = Glob.of("gpt-*");
    var everything = Glob.of("*");

    assertThat(narrow.specificity()).isGreaterThan(wide.specificity());
    assertThat(wide.specificity()).isGreaterThan(everything.specificity());
    assertThat(everything.specificity()).isZero();
  }

  @Test
  void emptyPatternIsRefusedWithWhatToWriteInstead() {
    assertThatThrownBy(() -> Glob.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A glob must not be empty: write * to match everything.");
  }

  @Test
  void globsWithTheSamePatternAreEqual() {
    assertThat(Glob.of("gpt-*")).isEqualTo(Glob.of("gpt-*")).hasSameHashCodeAs(Glob.of("gpt-*"));
    assertThat(Glob.of("gpt-*")).isNotEqualTo(Glob.of("gpt-?")).hasToString("gpt-*");
  }

  @Test
  void patternMadeToBacktrackEndsQuickly() {
    var glob = Glob.of("*a*a*a*a*a*a*a*a*a*a*b");
    var text = "a".repeat(100_000);

    boolean matches = assertTimeoutPreemptively(ofSeconds(10), () -> glob.matches(text));

    assertThat(matches).isFalse();
  }
}
