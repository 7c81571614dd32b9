package io.keyfront.dataplane.intake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
    int start = keyAt(0);
    if (start < 0) {
      return Optional.empty();
    }
    try {
      String raw = query.substring(start + KEY.length(), endOf(start));
      return Optional.of(URLDecoder.decode(raw, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException badEscape) {
      return Optional.empty();
    }
  }

  /** The query without any {@code key} parameter, everything else untouched. */
  public String queryWithoutKey() {
    String rest = query;
    Target cut = this;
    for (int start = cut.keyAt(0); start >= 0; start = cut.keyAt(0)) {
      int end = Math.min(rest.length(), cut.endOf(start) + 1);
      rest = rest.substring(0, start) + rest.substring(end);
      cut = new Target(path, rest);
    }
    return rest.endsWith("&") && !query.endsWith("&") ? rest.substring(0, rest.length() - 1) : rest;
  }

  /** Whether {@code alt=sse} was asked for. */
  public boolean wantsSse() {
    return ("&" + query + "&").contains("&alt=sse&");
  }

  private int keyAt(int from) {
    for (int at = query.indexOf(KEY, from); at >= 0; at = query.indexOf(KEY, at + 1)) {
      if (at == 0 || query.charAt(at - 1) == '&') {
        return at;
      }
    }
    return -1;
  }

  private int endOf(int start) {
    int end = query.indexOf('&', start);
    return end < 0 ? query.length() : end;
  }
}
