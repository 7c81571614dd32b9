package io.keyfront.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderPathTest {
  /** FACTS 4.3: the predecessor lost OpenRouter's {@code /api}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://openrouter.ai",
        "https://openrouter.ai/",
        "https://openrouter.ai/api",
        "https://openrouter.ai/api/",
        "https://openrouter.ai/api/v1",
        "https://openrouter.ai/api/v1//",
      })
  void apiOfOpenRouterIsKeptHoweverMuchOfItTheEndpointHas(String endpoint) {
    assertThat(chat("openrouter", endpoint)).isEqualTo("/api/v1/chat/completions");
  }

  /** FACTS 4.2: a base URL without {@code /v1} failed. */
  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com",
    "openai, https://api.openai.com/v1",
    "openai, https://api.openai.com/v1/",
    "deepseek, https://api.deepseek.com",
    "deepseek, https://api.deepseek.com/v1",
  })
  void endpointWithAndWithoutVersionMeansTheSame(String provider, String endpoint) {
    assertThat(chat(provider, endpoint)).isEqualTo("/v1/chat/completions");
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "groq, https://api.groq.com, /openai/v1/chat/completions",
    "groq, https://api.groq.com/openai, /openai/v1/chat/completions",
    "groq, https://api.groq.com/openai/v1, /openai/v1/chat/completions",
    "gemini, https://g.example.test/v1beta, /v1beta/openai/chat/completions",
    "gemini, https://g.example.test/v1beta/openai, /v1beta/openai/chat/completions",
    "openai, https://x.example.test/openai, /openai/v1/chat/completions",
    "openai, https://x.example.test/a/b, /a/b/v1/chat/completions",
    "openai, https://x.example.test/a%2Fb/v1, /a%2Fb/v1/chat/completions",
    "openai, https://x.example.test/v1-eu, /v1-eu/v1/chat/completions",
    "openai, https://x.example.test/vault, /vault/v1/chat/completions",
    "openai, https://x.example.test/v1/proxy, /v1/proxy/v1/chat/completions",
  })
  void endpointsOwnPathStandsBeforeTheProtocols(String provider, String endpoint, String path) {
    assertThat(chat(provider, endpoint)).isEqualTo(path);
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "openai, https://x.example.test/v10, /v10/chat/completions",
    "openai, https://x.example.test/api/paas/v4, /api/paas/v4/chat/completions",
    "openai, https://x.example.test/api/paas/v4/, /api/paas/v4/chat/completions",
    "openai, https://x.example.test/v1beta/openai, /v1beta/openai/chat/completions",
    "openai, https://x.example.test/proxy/v1beta/openai, /proxy/v1beta/openai/chat/completions",
    "openai, https://x.example.test/v1.5, /v1.5/chat/completions",
    "groq, https://x.example.test/v2, /v2/chat/completions",
  })
  void endpointWithAVersionOfItsOwnIsTakenAsItIs(String provider, String endpoint, String path) {
    assertThat(chat(provider, endpoint)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://g.example.test", "https://g.example.test/v1beta"})
  void geminisVersionComesWithTheCallAndStandsOnce(String endpoint) {
    var gemini = BuiltIn.named("gemini");
    var call = "/v1beta/models/gemini-2.5-pro:streamGenerateContent";

    assertThat(gemini.path(URI.create(endpoint), Protocol.GEMINI, call)).isEqualTo(call);
  }

  @Test
  void overriddenEndpointKeepsTheRestOfTheProvider() {
    var openRouter = BuiltIn.named("openrouter");
    var other = URI.create("http://127.0.0.1:9999/relay");

    var moved = openRouter.withEndpoint(other);

    assertThat(moved.endpoint()).contains(other);
    assertThat(moved.bases()).isEqualTo(openRouter.bases());
    assertThat(moved.path(other, Protocol.OPENAI_CHAT, "/chat/completions"))
        .isEqualTo("/relay/api/v1/chat/completions");
  }

  private static String chat(String provider, String endpoint) {
    return BuiltIn.named(provider)
        .path(URI.create(endpoint), Protocol.OPENAI_CHAT, "/chat/completions");
  }
}
