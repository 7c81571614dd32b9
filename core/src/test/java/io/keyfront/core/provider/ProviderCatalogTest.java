package io.keyfront.core.provider;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderCatalogTest {
  @Test
  void providersAreListedInTheirOrder() {
    assertThat(ProviderCatalog.builtIn().keySet())
        .containsExactly(
            "anthropic",
            "openai",
            "gemini",
            "groq",
            "openrouter",
            "mistral",
            "deepseek",
            "xai",
            "together",
            "mock");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "anthropic, anthropic-messages, /messages, https://api.anthropic.com/v1/messages",
    "openai, openai-chat, /chat/completions, https://api.openai.com/v1/chat/completions",
    "openai, openai-responses, /responses, https://api.openai.com/v1/responses",
    "openai, openai-embeddings, /embeddings, https://api.openai.com/v1/embeddings",
    "gemini, gemini, /v1beta/models/g:generateContent,"
        + " https://generativelanguage.googleapis.com/v1beta/models/g:generateContent",
    "gemini, gemini, /v1/models/g:generateContent,"
        + " https://generativelanguage.googleapis.com/v1/models/g:generateContent",
    "gemini, openai-chat, /chat/completions,"
        + " https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
    "groq, openai-chat, /chat/completions, https://api.groq.com/openai/v1/chat/completions",
    "openrouter, openai-chat, /chat/completions, https://openrouter.ai/api/v1/chat/completions",
    "mistral, openai-chat, /chat/completions, https://api.mistral.ai/v1/chat/completions",
    "deepseek, openai-chat, /chat/completions, https://api.deepseek.com/v1/chat/completions",
    "xai, openai-chat, /chat/completions, https://api.x.ai/v1/chat/completions",
    "together, openai-chat, /chat/completions, https://api.together.xyz/v1/chat/completions",
  })
  void callGoesToTheVendorsDocumentedAddress(
      String name, String protocol, String suffix, String address) {
    var provider = BuiltIn.named(name);
    var endpoint = provider.endpoint().orElseThrow();

    var path = provider.path(endpoint, Protocol.byId(protocol).orElseThrow(), suffix);

    assertThat(endpoint.resolve(path)).isEqualTo(URI.create(address));
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, ANTHROPIC_API_KEY",
    "openai, OPENAI_API_KEY",
    "gemini, GEMINI_API_KEY GOOGLE_API_KEY",
    "groq, GROQ_API_KEY",
    "openrouter, OPENROUTER_API_KEY",
    "mistral, MISTRAL_API_KEY",
    "deepseek, DEEPSEEK_API_KEY",
    "xai, XAI_API_KEY",
    "together, TOGETHER_API_KEY",
  })
  void usualVariableHoldsTheKey(String provider, String variables) {
    assertThat(ProviderCatalog.keyVariables(provider)).containsExactly(variables.split(" ", -1));
  }

  @Test
  void mockNeedsNoKeyAndNoEndpointAndSpeaksEveryProtocol() {
    var mock = BuiltIn.named(Provider.MOCK);

    assertThat(mock.isMock()).isTrue();
    assertThat(mock.endpoint()).isEmpty();
    assertThat(mock.bases().keySet()).isEqualTo(EnumSet.allOf(Protocol.class));
    assertThat(ProviderCatalog.keyVariables(Provider.MOCK)).isEmpty();
  }

  @Test
  void openAiCompatibleProvidersSpeakChatAndEmbeddingsOnly() {
    for (String name : Set.of("groq", "openrouter", "mistral", "deepseek", "xai", "together")) {
      var provider = BuiltIn.named(name);

      assertThat(provider.bases().keySet()).containsOnly(OPENAI_CHAT, OPENAI_EMBEDDINGS);
    }
    assertThat(BuiltIn.named("gemini").bases().keySet())
        .containsOnly(GEMINI, OPENAI_CHAT, OPENAI_EMBEDDINGS);
    assertThat(BuiltIn.named("openai").speaks(OPENAI_RESPONSES)).isTrue();
    assertThat(BuiltIn.named("openai").speaks(ANTHROPIC_MESSAGES)).isFalse();
  }

  /** Mistral answers 422 to {@code stream_options}. */
  @Test
  void onlyMistralTakesNoStreamOptions() {
    assertThat(ProviderCatalog.builtIn().values())
        .filteredOn(provider -> !provider.takesStreamOptions())
        .extracting(Provider::name)
        .containsExactly("mistral");
  }

  @ParameterizedTest
  @EnumSource
  void customProviderSpeaksItsProtocolUnderItsOwnBasePath(Protocol protocol) {
    var endpoint = URI.create("https://models.example.test/inference");

    var provider = ProviderCatalog.custom("acme", endpoint, protocol);

    assertThat(provider.name()).isEqualTo("acme");
    assertThat(provider.endpoint()).contains(endpoint);
    assertThat(provider.speaks(protocol)).isTrue();
    assertThat(provider.path(endpoint, protocol, "/x"))
        .isEqualTo(protocol == GEMINI ? "/inference/x" : "/inference/v1/x");
  }

  @Test
  void customProviderThatSpeaksChatHasEmbeddingsToo() {
    var chat = ProviderCatalog.custom("acme", URI.create("https://a.example.test"), OPENAI_CHAT);
    var anthropic =
        ProviderCatalog.custom("acme", URI.create("https://a.example.test"), ANTHROPIC_MESSAGES);

    assertThat(chat.bases().keySet()).containsOnly(OPENAI_CHAT, OPENAI_EMBEDDINGS);
    assertThat(anthropic.bases().keySet()).containsOnly(ANTHROPIC_MESSAGES);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5-20250929, anthropic",
    "gpt-5-mini, openai",
    "chatgpt-4o-latest, openai",
    "codex-mini-latest, openai",
    "ft:gpt-5:acme::7p4, openai",
    "o1, openai",
    "o3-mini, openai",
    "o4-mini, openai",
    "text-embedding-3-small, openai",
    "gemini-2.5-pro, gemini",
    "mistral-large-latest, mistral",
    "codestral-2508, mistral",
    "magistral-medium, mistral",
    "ministral-8b, mistral",
    "pixtral-large, mistral",
    "deepseek-chat, deepseek",
    "grok-4, xai",
  })
  void modelsNameGivesItsVendorAway(String model, String vendor) {
    assertThat(ProviderCatalog.vendorOf(model)).contains(vendor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "llama-4", "qwen3", "kimi-k2", "GPT-5", "my-gpt-5", "gpt", "o"})
  void modelsNameThatIsAnyonesGivesNoVendorAway(String model) {
    assertThat(ProviderCatalog.vendorOf(model)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void homeOfADialectIsAProviderThatSpeaksIt(Dialect dialect) {
    var home = BuiltIn.named(ProviderCatalog.homeOf(dialect));

    assertThat(home.bases().keySet()).extracting(Protocol::dialect).contains(dialect);
  }

  @ParameterizedTest
  @EnumSource
  void protocolIsFoundByItsName(Protocol protocol) {
    assertThat(Protocol.byId(protocol.id())).contains(protocol);
    assertThat(protocol.id()).matches("[a-z]+(-[a-z]+)*");
    assertThat(Protocol.byId(protocol.name())).isEmpty();
  }
}
