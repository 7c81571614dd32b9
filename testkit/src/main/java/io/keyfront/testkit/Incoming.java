package io.keyfront.testkit;

import io.keyfront.testkit.speech.Question;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests from the server. */
final class Incoming {
  private Incoming() {}

  static RecordedRequest recorded(HttpServerRequest request, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : request.headers().names()) {
      headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(request.headers().getAll(name)));
    }
    return new RecordedRequest(
        request.method().name(),
        request.uri(),
        version(request.version()),
        Collections.unmodifiableMap(headers),
        body);
  }

  static Question question(HttpServerRequest request, RecordedRequest recorded) {
    Map<String, String> headers = new LinkedHashMap<>();
    recorded.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Question(
        recorded.method(),
        decoded(recorded.path()),
        textOrEmpty(request.query()),
        headers,
        recorded.bodyJson());
  }

  private static String decoded(String path) {
    try {
      return textOrEmpty(URI.create(path).getPath());
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static String textOrEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2";
    };
  }
}
