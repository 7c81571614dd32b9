package io.keyfront.core.provider;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;

import io.keyfront.core.ledger.Limits;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The providers known without configuration. Addresses and base paths as the vendors' API
 * references give them. None has a {@link Stopping} here: that needs a promise that holds for every
 * model and a top speed, and we know of no provider that gives both.
 */
public final class ProviderCatalog {
  private static final List<Provider> BUILT_IN =
      List.of(
          provider("anthropic", "https://api.anthropic.com", Map.of(ANTHROPIC_MESSAGES, "/v1")),
          provider("openai", "https://api.openai.com", openAi("/v1", true)),
          provider("gemini", "https://generativelanguage.googleapis.com", gemini()),
          provider("groq", "https://api.groq.com", openAi("/openai/v1", false)),
          provider("openrouter", "https://openrouter.ai", openAi("/api/v1", false)),
          provider("mistral", "https://api.mistral.ai", openAi("/v1", false))
              .withStreamOptions(false),
          provider("deepseek", "https://api.deepseek.com", openAi("/v1", false)),
          provider("xai", "https://api.x.ai", openAi("/v1", false)),
          provider("together", "https://api.together.xyz", openAi("/v1", false)),
          new Provider(
              Provider.MOCK,
              Optional.empty(),
              everyProtocol(),
              true,
              Optional.empty(),
              Limits.NONE));

  private static final Map<String, List<String>> KEY_VARIABLES =
      Map.ofEntries(
          Map.entry("anthropic", List.of("ANTHROPIC_API_KEY")),
          Map.entry("openai", List.of("OPENAI_API_KEY")),
          Map.entry("gemini", List.of("GEMINI_API_KEY", "GOOGLE_API_KEY")),
          Map.entry("groq", List.of("GROQ_API_KEY")),
          Map.entry("openrouter", List.of("OPENROUTER_API_KEY")),
          Map.entry("mistral", List.of("MISTRAL_API_KEY")),
          Map.entry("deepseek", List.of("DEEPSEEK_API_KEY")),
          Map.entry("xai", List.of("XAI_API_KEY")),
          Map.entry("together", List.of("TOGETHER_API_KEY")));

  /**
   * How model names give their vendor away; no prefix begins another. Used only where a path names
   * no provider.
   */
  private static final Map<String, String> VENDOR_PREFIXES = vendorPrefixes();

  private ProviderCatalog() {}

  /** Name to provider, in the order that pages and messages list them. */
  public static Map<String, Provider> builtIn() {
    return BUILT_IN.stream()
        .collect(
            Collectors.toMap(Provider::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  /** The usual environment variables that hold a provider's key; the first one set counts. */
  public static List<String> keyVariables(String provider) {
    return KEY_VARIABLES.getOrDefault(provider, List.of());
  }

  /**
   * A provider that the catalog does not know.
   *
   * @param protocol the one it speaks; an OpenAI-compatible endpoint that speaks Chat also has
   *     Embeddings
   */
  public static Provider custom(String name, URI endpoint, Protocol protocol) {
    Map<Protocol, String> bases =
        switch (protocol) {
          case ANTHROPIC_MESSAGES -> Map.of(ANTHROPIC_MESSAGES, "/v1");
          case OPENAI_CHAT, OPENAI_EMBEDDINGS -> openAi("/v1", false);
          case OPENAI_RESPONSES -> openAi("/v1", true);
          case GEMINI -> Map.of(GEMINI, "");
        };
    return new Provider(name, Optional.of(endpoint), bases, true, Optional.empty(), Limits.NONE);
  }

  /** The vendor that a bare model name belongs to, where the name gives it away. */
  public static Optional<String> vendorOf(String model) {
    return VENDOR_PREFIXES.entrySet().stream()
        .filter(entry -> model.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The vendor whose own format a dialect is. */
  public static String homeOf(Dialect dialect) {
    return switch (dialect) {
      case ANTHROPIC -> "anthropic";
      case OPENAI -> "openai";
      case GEMINI -> "gemini";
    };
  }

  private static Map<String, String> vendorPrefixes() {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("claude", "anthropic");
    prefixes.put("gpt-", "openai");
    prefixes.put("ft:gpt-", "openai");
    prefixes.put("chatgpt-", "openai");
    prefixes.put("codex-", "openai");
    prefixes.put("o1", "openai");
    prefixes.put("o3", "openai");
    prefixes.put("o4", "openai");
    prefixes.put("text-embedding-", "openai");
    prefixes.put("gemini", "gemini");
    prefixes.put("mistral", "mistral");
    prefixes.put("codestral", "mistral");
    prefixes.put("magistral", "mistral");
    prefixes.put("ministral", "mistral");
    prefixes.put("pixtral", "mistral");
    prefixes.put("devstral", "mistral");
    prefixes.put("deepseek-", "deepseek");
    prefixes.put("grok-", "xai");
    return prefixes;
  }

  private static Provider provider(String name, String endpoint, Map<Protocol, String> bases) {
    return new Provider(
        name, Optional.of(URI.create(endpoint)), bases, true, Optional.empty(), Limits.NONE);
  }

  private static Map<Protocol, String> openAi(String base, boolean responses) {
    return responses
        ? Map.of(OPENAI_CHAT, base, OPENAI_EMBEDDINGS, base, OPENAI_RESPONSES, base)
        : Map.of(OPENAI_CHAT, base, OPENAI_EMBEDDINGS, base);
  }

  private static Map<Protocol, String> gemini() {
    return Map.of(GEMINI, "", OPENAI_CHAT, "/v1beta/openai", OPENAI_EMBEDDINGS, "/v1beta/openai");
  }

  private static Map<Protocol, String> everyProtocol() {
    return Map.of(
        ANTHROPIC_MESSAGES,
        "/v1",
        OPENAI_CHAT,
        "/v1",
        OPENAI_RESPONSES,
        "/v1",
        OPENAI_EMBEDDINGS,
        "/v1",
        GEMINI,
        "");
  }
}
