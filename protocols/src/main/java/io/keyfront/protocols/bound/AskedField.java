package io.keyfront.protocols.bound;

import static java.util.Map.entry;

import io.keyfront.core.provider.Protocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a top-level field of a request body decides about its cost. */
enum AskedField {
  CONTENT,
  TOOLS,
  /** A list of things that the provider itself turns to. */
  SERVERS,
  /** Anything but null makes the provider search. */
  SEARCH,
  /** Anything but null stands for something that the provider keeps. */
  REFERENCE,
  /** An object that may hold such a reference. */
  EXTRAS,
  /** Edits of the context; some make the model read it once more. */
  CONTEXT_EDITS,
  THINKING,
  CHOICES,
  TOOL_CALLS,
  PREDICTION,
  TIER,
  SPEED,
  BACKGROUND,
  AUDIO,
  MODALITIES,
  INPUTS;

  private static final Map<String, AskedField> MESSAGES =
      Map.of(
          "system", CONTENT,
          "messages", CONTENT,
          "tools", TOOLS,
          "mcp_servers", SERVERS,
          "container", REFERENCE,
          "context_management", CONTEXT_EDITS,
          "thinking", THINKING,
          "service_tier", TIER,
          "speed", SPEED);

  private static final Map<String, AskedField> CHAT =
      Map.ofEntries(
          entry("messages", CONTENT),
          entry("tools", TOOLS),
          entry("functions", TOOLS),
          entry("plugins", SERVERS),
          entry("web_search_options", SEARCH),
          entry("search_parameters", SEARCH),
          entry("cached_content", REFERENCE),
          entry("extra_body", EXTRAS),
          entry("google", EXTRAS),
          entry("n", CHOICES),
          entry("best_of", CHOICES),
          entry("prediction", PREDICTION),
          entry("service_tier", TIER),
          entry("background", BACKGROUND),
          entry("audio", AUDIO),
          entry("modalities", MODALITIES));

  private static final Map<String, AskedField> RESPONSES =
      Map.ofEntries(
          entry("input", CONTENT),
          entry("instructions", CONTENT),
          entry("tools", TOOLS),
          entry("search_parameters", SEARCH),
          entry("previous_response_id", REFERENCE),
          entry("conversation", REFERENCE),
          entry("prompt", REFERENCE),
          entry("context_management", CONTEXT_EDITS),
          entry("n", CHOICES),
          entry("max_tool_calls", TOOL_CALLS),
          entry("service_tier", TIER),
          entry("background", BACKGROUND),
          entry("modalities", MODALITIES));

  private static final Map<String, AskedField> EMBEDDINGS =
      Map.of("input", INPUTS, "service_tier", TIER);

  /** Spelt flat: see {@link Spelling#flat}. */
  private static final Map<String, AskedField> GEMINI =
      Map.of(
          "contents", CONTENT,
          "systeminstruction", CONTENT,
          "tools", TOOLS,
          "cachedcontent", REFERENCE,
          "servicetier", TIER);

  static @Nullable AskedField of(Protocol protocol, String name) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> MESSAGES.get(name);
      case OPENAI_CHAT -> CHAT.get(name);
      case OPENAI_RESPONSES -> RESPONSES.get(name);
      case OPENAI_EMBEDDINGS -> EMBEDDINGS.get(name);
      case GEMINI -> GEMINI.get(name);
    };
  }
}
