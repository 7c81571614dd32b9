package io.keyfront.core.provider;

import io.keyfront.core.ledger.Limits;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model vendor endpoint of the provider table.
 *
 * @param name as it stands in paths and scopes
 * @param endpoint origin and, if any, base path; absent only for the mock, which is in-process
 * @param bases the path that stands before a protocol's own paths, per protocol spoken ({@code
 *     /v1}, {@code /openai/v1}; for Gemini empty, as its version comes with the call)
 * @param takesStreamOptions whether {@code stream_options} may be sent with Chat Completions
 *     (Mistral answers 422)
 * @param stopping what it says of calls whose connection is reset; absent where it says nothing
 * @param limits what may go through it, over all tokens and credentials
 */
public record Provider(
    String name,
    Optional<URI> endpoint,
    Map<Protocol, String> bases,
    boolean takesStreamOptions,
    Optional<Stopping> stopping,
    Limits limits) {

  /** The in-process provider that answers without a key and free of charge. */
  public static final String MOCK = "mock";

  /** What stands behind the version where a vendor has an API of its own beside OpenAI's. */
  private static final String COMPATIBLE = "/openai";

  public Provider {
    bases = Map.copyOf(bases);
  }

  public boolean speaks(Protocol protocol) {
    return bases.containsKey(protocol);
  }

  public boolean isMock() {
    return name.equals(MOCK);
  }

  public Provider withEndpoint(URI other) {
    return new Provider(name, Optional.of(other), bases, takesStreamOptions, stopping, limits);
  }

  public Provider withStreamOptions(boolean takes) {
    return new Provider(name, endpoint, bases, takes, stopping, limits);
  }

  public Provider withStopping(Stopping word) {
    return new Provider(name, endpoint, bases, takesStreamOptions, Optional.of(word), limits);
  }

  public Provider withLimits(Limits other) {
    return new Provider(name, endpoint, bases, takesStreamOptions, stopping, other);
  }

  /**
   * The upstream path of a call. Where the endpoint's own path ends with what the protocol's base
   * begins with, the overlap stands once, so {@code https://host/v1} and {@code https://host} mean
   * the same. Where it ends with another version, alone or with {@code openai} behind it ({@code
   * /api/paas/v4}, {@code /v1beta/openai}), it takes the base's place.
   *
   * @param endpoint the endpoint in use: the provider's, or a credential's override
   * @param suffix the protocol's own path, beginning with a slash
   */
  public String path(URI endpoint, Protocol protocol, String suffix) {
    String prefix = trimmed(endpoint.getRawPath());
    String base = bases.getOrDefault(protocol, "");
    boolean overlaps = joined(prefix, base).length() < prefix.length() + base.length();
    return joined(prefix, !overlaps && endsWithVersion(prefix) ? suffix : joined(base, suffix));
  }

  private static boolean endsWithVersion(String path) {
    int end = path.endsWith(COMPATIBLE) ? path.length() - COMPATIBLE.length() : path.length();
    int start = path.lastIndexOf('/', end - 1) + 1;
    if (end - start < 2 || path.charAt(start) != 'v' || !isDigit(path.charAt(start + 1))) {
      return false;
    }
    for (int at = start + 2; at < end; at++) {
      char c = path.charAt(at);
      if (!isDigit(c) && c != '.' && (c < 'a' || c > 'z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String joined(String left, String right) {
    for (int start = 0; start >= 0; start = left.indexOf('/', start + 1)) {
      String tail = left.substring(start);
      if (!tail.isEmpty() && (right.equals(tail) || right.startsWith(tail + "/"))) {
        return left.substring(0, start) + right;
      }
      if (left.isEmpty()) {
        break;
      }
    }
    return left + right;
  }

  private static String trimmed(@Nullable String path) {
    String text = path == null ? "" : path;
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }
}
