package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param path decoded, without the query
 * @param query the raw query, empty where there is none
 * @param headers names in lower case, the first value of each
 */
public record Question(
    String method, String path, String query, Map<String, String> headers, JsonNode body) {

  public Question {
    headers = Map.copyOf(headers);
  }

  /** A parameter of the query, decoded. */
  public Optional<String> parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        String value = pair.substring(name.length() + 1);
        return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The key presented, wherever the dialect allows it to stand; empty where there is none. */
  public Optional<String> key(Dialect dialect) {
    Optional<String> bearer =
        header("authorization").filter(v -> v.startsWith("Bearer ")).map(v -> v.substring(7));
    return switch (dialect) {
      case ANTHROPIC -> header("x-api-key").or(() -> bearer);
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> bearer.or(() -> header("api-key"));
      case GEMINI -> header("x-goog-api-key").or(() -> parameter("key")).or(() -> bearer);
    };
  }
}
