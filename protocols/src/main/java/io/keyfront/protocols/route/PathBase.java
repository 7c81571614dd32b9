package io.keyfront.protocols.route;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in front of a path's resource: a provider, versions, and base paths that clients
 * carry over from the provider's own address ({@code /openrouter/api/v1}, {@code /groq/openai/v1},
 * {@code /gemini/v1beta/openai}).
 *
 * @param provider empty when the path names none
 * @param version {@code v1} or {@code v1beta}: the last one named, as SDKs append theirs to a base
 *     that may have one already; {@code v1beta} when none is
 * @param versioned whether a version is named at all
 * @param openAi whether the base names the OpenAI-compatible face
 * @param length how many segments it takes
 */
record PathBase(
    Optional<String> provider, String version, boolean versioned, boolean openAi, int length) {
  private static final int MAX_PROVIDER_LENGTH = 63;

  /** First segments that belong to a path without a provider, or to Keyfront itself. */
  private static final Set<String> NO_PROVIDERS =
      Set.of(
          "v1",
          "v1beta",
          "messages",
          "chat",
          "completions",
          "responses",
          "embeddings",
          "models",
          "tunedModels",
          "health",
          "usage");

  /** Empty when the first segment can be no provider. */
  static Optional<PathBase> of(List<String> names) {
    String first = names.getFirst();
    boolean named = !NO_PROVIDERS.contains(first);
    if (named && !isProvider(first)) {
      return Optional.empty();
    }
    int at = named ? 1 : 0;
    boolean openAi = false;
    if (named && at < names.size() && isFace(names.get(at))) {
      openAi = names.get(at).equals("openai");
      at++;
    }
    int versions = versions(names, at);
    at += versions;
    if (versions > 0 && at < names.size() && names.get(at).equals("openai")) {
      openAi = true;
      at++;
      at += versions(names, at);
    }
    Optional<String> provider = named ? Optional.of(first) : Optional.empty();
    Optional<String> version = last(names, at);
    return Optional.of(
        new PathBase(provider, version.orElse("v1beta"), version.isPresent(), openAi, at));
  }

  private static boolean isFace(String name) {
    return name.equals("api") || name.equals("openai");
  }

  /** How many versions stand there: none, one, or two (a base with one, and the client's own). */
  private static int versions(List<String> names, int from) {
    int at = from;
    while (at < names.size() && at < from + 2 && isVersion(names.get(at))) {
      at++;
    }
    return at - from;
  }

  private static Optional<String> last(List<String> names, int end) {
    for (int at = end - 1; at >= 0; at--) {
      if (isVersion(names.get(at))) {
        return Optional.of(names.get(at));
      }
    }
    return Optional.empty();
  }

  private static boolean isVersion(String name) {
    return name.equals("v1") || name.equals("v1beta");
  }

  private static boolean isProvider(String name) {
    if (name.length() > MAX_PROVIDER_LENGTH || name.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }
}
