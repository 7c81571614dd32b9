package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.google.genai.Client;
import com.openai.client.OpenAIClient;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** What tests with the providers' own SDKs share: each client that one opens is closed after it. */
abstract class SdkTest extends ProxyTest {
  private final List<Runnable> closings = new ArrayList<>();

  AnthropicClient anthropic(String base) {
    return anthropic(base, ProxyUnderTest.TOKEN);
  }

  AnthropicClient anthropic(String base, String token) {
    AnthropicClient client = SdkClients.anthropic(proxy.uri(base), token);
    closings.add(client::close);
    return client;
  }

  OpenAIClient openAi(String base) {
    return openAi(base, ProxyUnderTest.TOKEN);
  }

  OpenAIClient openAi(String base, String token) {
    OpenAIClient client = SdkClients.openAi(proxy.uri(base), token);
    closings.add(client::close);
    return client;
  }

  /** One that does not try again. */
  Client gemini(String base) {
    return gemini(base, ProxyUnderTest.TOKEN, 1);
  }

  Client gemini(String base, String token, int attempts) {
    Client client = SdkClients.gemini(proxy.uri(base), token, attempts);
    closings.add(client::close);
    return client;
  }

  @AfterEach
  void closeClients() {
    closings.forEach(Runnable::run);
    closings.clear();
  }

  /** One request arrived at the proxy, and none at the provider. */
  void assertRefusedOnce(int status) {
    assertThat(proxy.nextRecord().status()).isEqualTo(status);
    Awaitility.await().until(() -> proxy.dataplane().activeCalls() == 0);
    assertThat(proxy.records()).isEmpty();
    assertThat(provider.requests()).isEmpty();
  }
}
