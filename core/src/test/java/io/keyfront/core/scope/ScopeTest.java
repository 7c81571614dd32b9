package io.keyfront.core.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
  @ParameterizedTest(name = "{0} on {1} and {2}: {3}")
  @CsvSource(
      textBlock =
          """
          openai:gpt-5,      openai,     gpt-5,        true
          openai:gpt-5,      openai,     gpt-5-mini,   false
          openai:gpt-5,      openrouter, gpt-5,        false
          openai:gpt-*,      openai,     gpt-5-mini,   true
          openai:gpt-*,      openai,     o3,           false
          openai,            openai,     whatever,     true
          openai,            openai,     '',           true
          openai,            openai2,    whatever,     false
          open*:*,           openrouter, x/y,          true
          *:gpt-5,           groq,       gpt-5,        true
          *:gpt-5,           groq,       llama,        false
          *,                 anthropic,  claude-x,     true
          OpenAI,            openai,     gpt-5,        false
          """)
  void patternAllowsWhatItsTwoGlobsMatch(
      String pattern, String provider, String model, boolean allowed) {
    assertThat(Scope.of(List.of(pattern)).allows(new Target(provider, model))).isEqualTo(allowed);
  }

  /** FACTS 4.20: {@code :} and {@code /} in model names broke the predecessors' aliases. */
  @ParameterizedTest(name = "{0} on {1} and {2}: {3}")
  @CsvSource(
      textBlock =
          """
          bedrock:anthropic.claude-v1:0,  bedrock,    anthropic.claude-v1:0,  true
          bedrock:anthropic.*:0,          bedrock,    anthropic.claude-v1:0,  true
          bedrock:anthropic.*:0,          bedrock,    anthropic.claude-v1:1,  false
          openrouter:meta-llama/*,        openrouter, meta-llama/llama-4:free, true
          openrouter:*:free,              openrouter, meta-llama/llama-4:free, true
          openrouter:*:free,              openrouter, meta-llama/llama-4,     false
          openai:ft:gpt-5:acme::*,        openai,     ft:gpt-5:acme::7p4,     true
          """)
  void modelNamesWithColonsAndSlashesAreMatchedWhole(
      String pattern, String provider, String model, boolean allowed) {
    assertThat(Scope.of(List.of(pattern)).allows(new Target(provider, model))).isEqualTo(allowed);
  }

  @Test
  void severalPatternsAllowWhatAnyOfThemAllows() {
    var scope = Scope.of(List.of("anthropic", "openai:gpt-5"));

    assertThat(scope.allows(new Target("anthropic", "claude-opus-4-5"))).isTrue();
    assertThat(scope.allows(new Target("openai", "gpt-5"))).isTrue();
    assertThat(scope.allows(new Target("openai", "o3"))).isFalse();
  }

  @Test
  void emptyListAllowsNothing() {
    var nothing = Scope.of(List.of());

    assertThat(nothing.allows(new Target("openai", "gpt-5"))).isFalse();
    assertThat(nothing.reaches("openai")).isFalse();
  }

  @Test
  void everythingIsAllowedByTheScopeOfAll() {
    assertThat(Scope.ALL.allows(new Target("any", "thing:with/all"))).isTrue();
    assertThat(Scope.ALL.reaches("any")).isTrue();
  }

  @Test
  void providerIsReachedWhereSomeModelOfItCouldBeInScope() {
    var scope = Scope.of(List.of("openai:gpt-5", "g*"));

    assertThat(scope.reaches("openai")).isTrue();
    assertThat(scope.reaches("groq")).isTrue();
    assertThat(scope.reaches("anthropic")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ":gpt-5", "openai:", ":", " openai", "openai: gpt-5", "a\tb"})
  void patternWithoutProviderOrModelOrWithBlanksIsRefusedWithWhatToWriteInstead(String pattern) {
    assertThatThrownBy(() -> Scope.of(List.of("openai", pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Scope '%s' is not provider:model: write a provider (anthropic), a pair (openai:gpt-*)"
                + " or *, without blanks.",
            pattern);
  }

  @Test
  void patternsAreShownAsTheyWereWritten() {
    var written = List.of("anthropic", "openai:gpt-*", "*:mini");

    var scope = Scope.of(written);

    assertThat(scope.patterns()).isEqualTo(written);
    assertThat(scope).hasToString("anthropic, openai:gpt-*, *:mini");
    assertThat(scope).isEqualTo(Scope.of(written)).hasSameHashCodeAs(Scope.of(written));
  }

  @Test
  void targetIsShownInTheFormThatScopesUse() {
    assertThat(new Target("openrouter", "meta-llama/llama-4:free"))
        .hasToString("openrouter:meta-llama/llama-4:free");
  }
}
