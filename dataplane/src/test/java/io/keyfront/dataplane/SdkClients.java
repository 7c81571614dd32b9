package io.keyfront.dataplane;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.net.URI;
import java.time.Duration;

/** The providers' own SDKs as agents, with nothing changed but base URL and key. */
final class SdkClients {
  /** How often Google's SDK sends a call when nothing is said. */
  static final int GEMINI_ATTEMPTS = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private SdkClients() {}

  static AnthropicClient anthropic(URI base, String token) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(base.toString())
        .apiKey(token)
        .timeout(PATIENCE)
        .build();
  }

  static OpenAIClient openAi(URI base, String token) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(base.toString())
        .apiKey(token)
        .timeout(PATIENCE)
        .build();
  }

  /**
   * @param attempts this SDK tries again by status alone; it reads neither {@code x-should-retry}
   *     nor {@code retry-after}, but pauses 1, 2, 4 and 8 s, which only here do not vary at random
   */
  static Client gemini(URI base, String token, int attempts) {
    return Client.builder()
        .apiKey(token)
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(base.toString())
                .timeout((int) PATIENCE.toMillis())
                .retryOptions(HttpRetryOptions.builder().attempts(attempts).jitter(0.0).build())
                .build())
        .build();
  }
}
