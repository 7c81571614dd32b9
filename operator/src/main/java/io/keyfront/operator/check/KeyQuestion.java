package io.keyfront.operator.check;

import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.operator.plan.Upstream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider is asked to find out whether it takes a key: its list of models, which costs
 * nothing.
 *
 * @param endpoint where it is, with scheme and port
 * @param path on that server
 * @param headers by lower-case name
 */
public record KeyQuestion(URI endpoint, String path, Map<String, SecretText> headers) {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** What Anthropic requires (API reference, "Versions"). */
  private static final String ANTHROPIC_VERSION = "2023-06-01";

  /** Gemini answers a key that it does not know with 400 and this reason (google.rpc.ErrorInfo). */
  private static final String GEMINI_REFUSAL = "API_KEY_INVALID";

  /** It lists its models to anybody; this path tells of the key itself (its API reference). */
  private static final String OPENROUTER = "openrouter";

  public KeyQuestion {
    headers = Map.copyOf(headers);
  }

  /** Empty where there is nobody to ask. */
  static Optional<KeyQuestion> of(Upstream upstream) {
    Provider provider = upstream.provider();
    Credential credential = upstream.credential();
    return credential
        .endpoint()
        .or(provider::endpoint)
        .map(
            endpoint ->
                switch (credential.auth()) {
                  case Credential.Auth.ApiKey(var key) -> of(provider, endpoint, key);
                });
  }

  private static KeyQuestion of(Provider provider, URI endpoint, SecretText key) {
    Map<String, SecretText> headers = new LinkedHashMap<>();
    if (provider.speaks(Protocol.ANTHROPIC_MESSAGES)) {
      headers.put("x-api-key", key);
      headers.put("anthropic-version", SecretText.of(ANTHROPIC_VERSION));
      return at(provider, endpoint, Protocol.ANTHROPIC_MESSAGES, "/models", headers);
    }
    if (provider.speaks(Protocol.GEMINI)) {
      headers.put("x-goog-api-key", key);
      return at(provider, endpoint, Protocol.GEMINI, "/v1beta/models", headers);
    }
    headers.put("authorization", SecretText.of("Bearer " + key.reveal()));
    String path = provider.name().equals(OPENROUTER) ? "/key" : "/models";
    return at(provider, endpoint, Protocol.OPENAI_CHAT, path, headers);
  }

  private static KeyQuestion at(
      Provider provider,
      URI endpoint,
      Protocol protocol,
      String suffix,
      Map<String, SecretText> headers) {
    return new KeyQuestion(endpoint, provider.path(endpoint, protocol, suffix), headers);
  }

  /** What an answer means; only its status and, of one kind, a word of its body are looked at. */
  KeyAnswer meaning(int status, String body) {
    if (status / 100 == 2) {
      return new KeyAnswer.Taken();
    }
    boolean refused =
        status == UNAUTHORIZED
            || status == FORBIDDEN
            || (status == BAD_REQUEST && body.contains(GEMINI_REFUSAL));
    return refused ? new KeyAnswer.Refused(status) : new KeyAnswer.Unknown("answered " + status);
  }
}
