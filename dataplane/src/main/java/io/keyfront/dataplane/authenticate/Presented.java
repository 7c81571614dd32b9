package io.keyfront.dataplane.authenticate;

import io.keyfront.dataplane.intake.Received;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the credentials that a request carries, in the places that clients use. */
final class Presented {
  private static final List<CharSequence> KEY_HEADERS =
      List.of(
          HttpHeaders.createOptimized("x-api-key"),
          HttpHeaders.createOptimized("x-goog-api-key"),
          HttpHeaders.createOptimized("api-key"));

  private Presented() {}

  /** Up to five, each once, in order: Bearer, the key headers, {@code ?key=}. */
  static List<String> in(Received received) {
    MultiMap headers = received.request().headers();
    List<String> found = new ArrayList<>(2);
    add(found, Bearer.token(headers.get(HttpHeaders.AUTHORIZATION)).orElse(null));
    for (CharSequence name : KEY_HEADERS) {
      add(found, headers.get(name));
    }
    if (!received.target().query().isEmpty()) {
      add(found, received.target().key().orElse(null));
    }
    return found;
  }

  private static void add(List<String> found, @Nullable String value) {
    String token = value == null ? "" : value.strip();
    if (!token.isEmpty() && !found.contains(token)) {
      found.add(token);
    }
  }
}
