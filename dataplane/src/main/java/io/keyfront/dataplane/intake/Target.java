package io.keyfront.dataplane.intake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A request target, cut at the question mark.
 *
 * @param query without the question mark; empty when there is none
 */
public record Target(String path, String query) {
  private static final String KEY = "key=";

  public static Target of(String uri) {
    int mark = uri.indexOf('?');
    return mark < 0
        ? new Target(uri, "")
        : new Target(uri.substring(0, mark), uri.substring(mark + 1));
  }

  /** The parameter {@code key}, where Gemini's clients may put their credential. */
  public Optional<String> key() {
    for (int start = 0; start < query.length(); start = endOf(start) + 1) {
      if (isKey(start)) {
        return decoded(query.substring(query.indexOf('=', start) + 1, endOf(start)));
      }
    }
    return Optional.empty();
  }

  /** Whether there is a parameter {@code key}, readable or not. */
  boolean hasKey() {
    for (int start = 0; start < query.length(); start = endOf(start) + 1) {
      if (isKey(start)) {
        return true;
      }
    }
    return false;
  }

  /** The query without any {@code key} parameter, everything else untouched. */
  public String queryWithoutKey() {
    if (!hasKey()) {
      return query;
    }
    StringJoiner kept = new StringJoiner("&");
    for (int start = 0; start <= query.length(); start = endOf(start) + 1) {
      if (!isKey(start)) {
        kept.add(query.substring(start, endOf(start)));
      }
    }
    return kept.toString();
  }

  /** Whether {@code alt=sse} was asked for. */
  public boolean wantsSse() {
    return ("&" + query + "&").contains("&alt=sse&");
  }

  /** Also where the name is escaped: who reads it next will decode it. */
  private boolean isKey(int start) {
    if (query.startsWith(KEY, start)) {
      return true;
    }
    int equals = query.indexOf('=', start);
    int escape = query.indexOf('%', start);
    return escape >= 0
        && escape < equals
        && equals < endOf(start)
        && decoded(query.substring(start, equals)).filter("key"::equals).isPresent();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException badEscape) {
      return Optional.empty();
    }
  }

  private int endOf(int start) {
    int end = query.indexOf('&', start);
    return end < 0 ? query.length() : end;
  }
}
