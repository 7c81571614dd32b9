package io.keyfront.core.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GlobProperties {
  @Property(tries = 5_000)
  void globAgreesWithTheRegularExpressionThatMeansTheSame(
      @ForAll("patterns") String pattern, @ForAll("texts") String text) {
    boolean expected = Pattern.compile(regex(pattern), Pattern.DOTALL).matcher(text).matches();

    assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
  }

  @Property
  void textMatchesItselfAndEveryGlobMadeByCuttingItsTail(
      @ForAll("texts") String text, @ForAll int cut) {
    int kept = Math.floorMod(cut, text.length() + 1);

    assertThat(Glob.of(text.substring(0, kept) + "*").matches(text)).isTrue();
    assertThat(Glob.of(text + "*").matches(text)).isTrue();
  }

  /** Few letters, so that random texts often match. */
  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab:/.\n*?*?").ofMinLength(1).ofMaxLength(9);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab:/.\n").ofMaxLength(9);
  }

  private static String regex(String glob) {
    return glob.chars()
        .mapToObj(
            c ->
                switch (c) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(c));
                })
        .collect(Collectors.joining());
  }
}
