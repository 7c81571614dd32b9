package io.keyfront.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.testkit.speech.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param target path and query, as sent
 * @param version {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers names in lower case, in the order of arrival, each with all its values
 */
// The bytes are looked at, requests are never compared with each other.
@SuppressWarnings("ArrayRecordComponent")
public record RecordedRequest(
    String method, String target, String version, Map<String, List<String>> headers, byte[] body) {

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** All values of a header. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** The path without the query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  public String bodyText() {
    return new String(body, UTF_8);
  }

  /** The body as JSON; an empty object where it is none. */
  public JsonNode bodyJson() {
    return Json.read(body);
  }
}
