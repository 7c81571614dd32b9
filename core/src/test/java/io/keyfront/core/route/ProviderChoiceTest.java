package io.keyfront.core.route;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;
import static io.keyfront.core.snapshot.Snapshots.withKeysFor;
import static io.keyfront.core.snapshot.Snapshots.withNothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.route.ProviderChoice.Choice;
import io.keyfront.core.route.ProviderChoice.Choice.One;
import io.keyfront.core.route.ProviderChoice.Choice.Unclear;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.snapshot.Snapshots;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderChoiceTest {
  @Test
  void onlyProviderThatSpeaksTheProtocolAndHasACredentialIsChosen() {
    var snapshots = withKeysFor("anthropic", "groq");

    assertThat(choose(snapshots, OPENAI_CHAT, "llama-4")).isEqualTo(new One("groq"));
    assertThat(choose(snapshots, ANTHROPIC_MESSAGES, "llama-4")).isEqualTo(new One("anthropic"));
  }

  @Test
  void onlyProviderInScopeIsChosen() {
    var snapshots = withKeysFor("openai", "groq", "together");

    assertThat(choose(snapshots, OPENAI_CHAT, "llama-4", "groq:llama-*"))
        .isEqualTo(new One("groq"));
  }

  @Test
  void vendorThatTheModelsNameGivesAwayBreaksATie() {
    var snapshots = withKeysFor("openai", "groq", "mistral");

    assertThat(choose(snapshots, OPENAI_CHAT, "gpt-5")).isEqualTo(new One("openai"));
    assertThat(choose(snapshots, OPENAI_CHAT, "mistral-large-latest"))
        .isEqualTo(new One("mistral"));
  }

  @Test
  void modelWithAVendorBeforeASlashIsOpenRoutersWhereThatIsConfigured() {
    assertThat(choose(withKeysFor("openai", "openrouter"), OPENAI_CHAT, "meta-llama/llama-4"))
        .isEqualTo(new One("openrouter"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"llama-4", "meta-llama/llama-4", "claude-opus-4-5", "qwen3"})
  void callThatSeveralProvidersCouldServeIsUnclearAndNamesThem(String model) {
    assertThat(choose(withKeysFor("openai", "groq", "together"), OPENAI_CHAT, model))
        .isEqualTo(new Unclear(List.of("openai", "groq", "together")));
  }

  @Test
  void choicesThatAreNamedAreInScope() {
    var snapshots = withKeysFor("openai", "groq", "together");

    assertThat(choose(snapshots, OPENAI_CHAT, "llama-4", "groq", "together:*"))
        .isEqualTo(new Unclear(List.of("groq", "together")));
  }

  @Test
  void aliasForEveryProviderMakesAnUnclearCallClear() {
    var snapshots = withKeysFor("openai", "groq").with(Rules.global("fast", "groq:llama-4"));

    assertThat(choose(snapshots, OPENAI_CHAT, "fast")).isEqualTo(new One("openai"));
    assertThat(choose(snapshots, OPENAI_CHAT, "slow"))
        .isEqualTo(new Unclear(List.of("openai", "groq")));
  }

  @Test
  void aliasOfAnotherNamespaceOrOfOneProviderMakesNothingClear() {
    var snapshots =
        withKeysFor("openai", "groq")
            .with(Rules.in("team-b", "fast", "groq:llama-4"))
            .with(Rules.global("fast@groq", "groq:llama-4"));

    assertThat(choose(snapshots, OPENAI_CHAT, "fast"))
        .isEqualTo(new Unclear(List.of("openai", "groq")));
  }

  /** So that aliases apply, and the refusal that follows names the provider to configure. */
  @ParameterizedTest(name = "{0} over {1}: {2}")
  @CsvSource({
    "claude-opus-4-5, ANTHROPIC_MESSAGES, anthropic",
    "anything, ANTHROPIC_MESSAGES, anthropic",
    "anything, OPENAI_CHAT, openai",
    "mistral-large, OPENAI_CHAT, mistral",
    "mistral-large, OPENAI_RESPONSES, openai",
    "meta-llama/llama-4, OPENAI_CHAT, openrouter",
    "claude-opus-4-5, OPENAI_CHAT, openai",
    "anything, GEMINI, gemini",
    "'', OPENAI_CHAT, openai",
    "'', ANTHROPIC_MESSAGES, anthropic",
  })
  void vendorOrElseTheProtocolsHomeIsChosenWhereNobodyIsAble(
      String model, Protocol protocol, String provider) {
    assertThat(choose(withNothing(), protocol, model)).isEqualTo(new One(provider));
  }

  @Test
  void listOfModelsIsTheHomesWhereItIsAbleElseTheOnlyOnes() {
    assertThat(choose(withKeysFor("openai", "groq"), OPENAI_CHAT, "")).isEqualTo(new One("openai"));
    assertThat(choose(withKeysFor("groq"), OPENAI_CHAT, "")).isEqualTo(new One("groq"));
    assertThat(choose(withKeysFor("groq", "xai"), OPENAI_CHAT, ""))
        .isEqualTo(new Unclear(List.of("groq", "xai")));
  }

  @Test
  void listOfModelsNeedsOnlySomeModelInScope() {
    var snapshots = withKeysFor("openai", "groq");

    assertThat(choose(snapshots, OPENAI_CHAT, "", "groq:llama-4")).isEqualTo(new One("groq"));
  }

  @Test
  void mockModelIsTheMocks() {
    assertThat(choose(withKeysFor("openai"), OPENAI_RESPONSES, "mock-slow"))
        .isEqualTo(new One("mock"));
  }

  @Test
  void customProviderIsChosenLikeAnyOther() {
    var acme = ProviderCatalog.custom("acme", URI.create("https://acme.example.test"), OPENAI_CHAT);
    var snapshots = withNothing().with(acme).with(Snapshots.credential("acme-key", "acme", 0));

    assertThat(choose(snapshots, OPENAI_CHAT, "llama-4")).isEqualTo(new One("acme"));
  }

  private static Choice choose(
      Snapshots snapshots, Protocol protocol, String model, String... scopes) {
    var scope = scopes.length == 0 ? Scope.ALL : Scope.of(List.of(scopes));
    var identity =
        new Identity(
            "uid-1",
            "default",
            "agent",
            TokenFormat.OPAQUE,
            scope,
            Optional.empty(),
            CidrSet.ANY,
            Limits.NONE,
            Optional.empty());
    return ProviderChoice.choose(snapshots.build(), identity, protocol, model);
  }
}
