package io.keyfront.core.route;

import static io.keyfront.core.route.Rules.global;
import static io.keyfront.core.route.Rules.in;
import static io.keyfront.core.route.Rules.target;
import static io.keyfront.core.route.Rules.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.scope.Glob;
import io.keyfront.core.scope.Target;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Snapshots;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasingTest {
  private Predicate<Target> callable = target -> true;

  @Test
  void callWithoutAliasKeepsItsProviderAndModel() {
    var aliased = resolve("openai", "gpt-5");

    assertThat(aliased.target()).isEqualTo(new Target("openai", "gpt-5"));
    assertThat(aliased.alias()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mock", "mock-429", "mock-slow", "mockingbird"})
  void modelThatIsNamedMockIsTheMockBeforeAnyAlias(String model) {
    var aliased = resolve("anthropic", model, global("*", "openai:gpt-5"));

    assertThat(aliased.target()).isEqualTo(new Target("mock", model));
    assertThat(aliased.alias()).isEmpty();
  }

  @Test
  void exactAliasRenamesAndReroutes() {
    var rule = global("fast", "groq:llama-4");

    var aliased = resolve("openai", "fast", rule);

    assertThat(aliased.target()).isEqualTo(new Target("groq", "llama-4"));
    assertThat(aliased.alias()).contains(rule);
    assertThat(resolve("openai", "faster", rule).target())
        .isEqualTo(new Target("openai", "faster"));
  }

  @Test
  void aliasWithoutModelKeepsTheRequestedOne() {
    var aliased = resolve("openai", "gpt-5-mini", global("gpt-*", "openrouter"));

    assertThat(aliased.target()).isEqualTo(new Target("openrouter", "gpt-5-mini"));
  }

  @Test
  void everythingCanBeSentToTheMock() {
    assertThat(resolve("anthropic", "claude-opus-4-5", global("*", "mock")).target())
        .isEqualTo(new Target("mock", "claude-opus-4-5"));
  }

  @Test
  void aliasBoundToAProviderAppliesToThatProvidersCallsOnly() {
    var rule = global("gpt-5@openai", "groq:gpt-oss");

    assertThat(resolve("openai", "gpt-5", rule).target()).isEqualTo(new Target("groq", "gpt-oss"));
    assertThat(resolve("openrouter", "gpt-5", rule).target())
        .isEqualTo(new Target("openrouter", "gpt-5"));
  }

  @Test
  void aliasOfANamespaceAppliesToItsOwnTokensOnly() {
    var rule = in("team-a", "fast", "groq:llama-4");

    assertThat(resolveFor("team-a", "openai", "fast", 0, rule).alias()).contains(rule);
    assertThat(resolveFor("team-b", "openai", "fast", 0, rule).alias()).isEmpty();
  }

  @Test
  void firstAliasThatMatchesCounts() {
    var narrow = global("gpt-5", "groq:a");
    var wide = global("gpt-*", "groq:b");

    assertThat(resolve("openai", "gpt-5", narrow, wide).alias()).contains(narrow);
    assertThat(resolve("openai", "gpt-5", wide, narrow).alias()).contains(wide);
    assertThat(resolve("openai", "gpt-4", narrow, wide).alias()).contains(wide);
  }

  @Test
  void aliasOfAnotherNamespaceDoesNotHideALaterOne() {
    var foreign = in("team-a", "fast", "groq:a");
    var global = global("fast", "groq:b");

    assertThat(resolveFor("team-b", "openai", "fast", 0, foreign, global).alias()).contains(global);
  }

  @Test
  void targetOfAnAliasIsNotLookedUpAgain() {
    var first = global("a", "openai:b");
    var second = global("b", "openai:c");

    assertThat(resolve("openai", "a", first, second).target()).isEqualTo(new Target("openai", "b"));
  }

  /** FACTS 4.20: {@code :} and {@code /} in model names broke the predecessors' aliases. */
  @Test
  void modelNamesWithColonsAndSlashesAreMatchedAndKept() {
    var rule = global("anthropic.*:0", "openrouter:meta-llama/llama-4:free");

    assertThat(resolve("bedrock", "anthropic.claude-v1:0", rule).target())
        .isEqualTo(new Target("openrouter", "meta-llama/llama-4:free"));
  }

  @Test
  void drawPicksAmongTheTargetsOfTheLowestPriorityByTheirWeight() {
    var rule =
        weighted(
            "*",
            target("openai:spare", 100, 1),
            target("openai:one", 1, 0),
            target("openai:three", 3, 0));

    assertThat(modelDrawn(0.0, rule)).isEqualTo("one");
    assertThat(modelDrawn(0.2499, rule)).isEqualTo("one");
    assertThat(modelDrawn(0.25, rule)).isEqualTo("three");
    assertThat(modelDrawn(0.9999, rule)).isEqualTo("three");
  }

  @Test
  void evenDrawsHitEachTargetInProportionToItsWeight() {
    var rule =
        weighted("*", target("openai:a", 2, 0), target("openai:b", 3, 0), target("openai:c", 5, 0));
    int draws = 1_000;
    int hits = 0;

    for (int i = 0; i < draws; i++) {
      hits += modelDrawn((i + 0.5) / draws, rule).equals("b") ? 1 : 0;
    }

    assertThat(hits).isEqualTo(300);
  }

  @Test
  void nextPriorityIsTakenWhenNoTargetOfTheOneBeforeCanBeCalled() {
    var rule =
        weighted(
            "*",
            target("openai:first", 1, 0),
            target("groq:first-too", 1, 0),
            target("mistral:second", 1, 5),
            target("mock:last", 1, 9));
    callable = target -> !target.provider().equals("openai");
    assertThat(modelDrawn(0.0, rule)).isEqualTo("first-too");
    assertThat(modelDrawn(0.9999, rule)).isEqualTo("first-too");

    callable = target -> target.provider().equals("mistral") || target.provider().equals("mock");
    assertThat(modelDrawn(0.0, rule)).isEqualTo("second");

    callable = target -> target.provider().equals("mock");
    assertThat(modelDrawn(0.0, rule)).isEqualTo("last");
  }

  @Test
  void lowestPriorityIsTakenWhenNoTargetAtAllCanBeCalled() {
    var rule = weighted("*", target("mistral:second", 1, 5), target("openai:first", 1, 0));
    callable = target -> false;

    assertThat(modelDrawn(0.0, rule)).isEqualTo("first");
  }

  /** What decides there is the draw alone, as ever. */
  @Test
  void targetsOfOnePriorityAreNotAskedWhetherTheyCanBeCalled() {
    callable =
        target -> {
          throw new AssertionError("asked for " + target);
        };

    assertThat(resolve("openai", "x", global("*", "groq:a")).target().model()).isEqualTo("a");
    assertThat(modelDrawn(0.9, weighted("*", target("groq:a", 1, 3), target("groq:b", 1, 3))))
        .isEqualTo("b");
  }

  @Test
  void aliasWithoutTargetIsRefused() {
    assertThatThrownBy(
            () ->
                new AliasRule("default", "fast", false, Glob.of("*"), Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Alias default/fast has no target: give it at least one.");
  }

  private String modelDrawn(double draw, AliasRule rule) {
    return resolveFor("default", "openai", "x", draw, rule).target().model();
  }

  private Aliasing.Aliased resolve(String provider, String model, AliasRule... rules) {
    return resolveFor("default", provider, model, 0, rules);
  }

  private Aliasing.Aliased resolveFor(
      String namespace, String provider, String model, double draw, AliasRule... rules) {
    var snapshots = Snapshots.withNothing();
    for (AliasRule rule : rules) {
      snapshots.with(rule);
    }
    return Aliasing.resolve(snapshots.build(), namespace, provider, model, draw, callable);
  }
}
