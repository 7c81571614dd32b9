package io.keyfront.dataplane.forward;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which headers pass, in both directions. Everything passes but hop-by-hop headers (RFC 9110
 * section 7.6.1, also those that {@code Connection} names), credentials, cookies, what proxies say
 * about the client, and framing, which each side does anew.
 */
public final class HeaderHygiene {
  /** What speaks of one connection, and not of the message. */
  private static final List<String> HOP_BY_HOP =
      List.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "proxy-authorization",
          "proxy-authenticate");

  private static final String[][] NEVER_UPSTREAM =
      byLength(
          HOP_BY_HOP,
          List.of(
              "http2-settings",
              "expect",
              "host",
              "content-length",
              "content-encoding",
              "accept-encoding",
              "authorization",
              "x-api-key",
              "x-goog-api-key",
              "api-key",
              "x-admin-token",
              "cookie",
              "cookie2",
              "forwarded",
              "x-real-ip",
              "via",
              "true-client-ip",
              "cf-connecting-ip",
              "x-client-ip",
              "x-cluster-client-ip"));

  private static final String[][] NEVER_TO_CLIENT =
      byLength(
          HOP_BY_HOP, List.of("set-cookie", "set-cookie2", "alt-svc", "strict-transport-security"));

  private static final List<String> PREFIXES =
      List.of("x-forwarded-", "x-keyfront-", "x-proxyagent-");

  private HeaderHygiene() {}

  /** Copies what may go upstream. */
  public static void toUpstream(MultiMap client, MultiMap upstream) {
    copy(client, upstream, NEVER_UPSTREAM);
  }

  /** Copies what may reach the client. */
  public static void toClient(MultiMap upstream, MultiMap client) {
    copy(upstream, client, NEVER_TO_CLIENT);
  }

  private static void copy(MultiMap from, MultiMap to, String[][] never) {
    List<String> named = named(from);
    Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> headers =
        entries(from);
    while (headers.hasNext()) {
      Map.Entry<? extends CharSequence, ? extends CharSequence> header = headers.next();
      CharSequence name = header.getKey();
      if (!listed(name, never)
          && !prefixed(name)
          && (named.isEmpty() || !containsIgnoringCase(named, name))) {
        to.add(name, header.getValue());
      }
    }
  }

  /** Of HTTP/1.1 as they were read: no strings are made of names that keep their hash. */
  private static Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>>
      entries(MultiMap headers) {
    return headers instanceof io.netty.handler.codec.http.HttpHeaders read
        ? read.iteratorCharSequence()
        : headers.iterator();
  }

  /** What {@code Connection} names beside the usual two. */
  private static List<String> named(MultiMap headers) {
    String connection = headers.get(HttpHeaders.CONNECTION);
    if (connection == null
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (String value : headers.getAll(HttpHeaders.CONNECTION)) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static boolean listed(CharSequence name, String[][] never) {
    if (name.length() >= never.length) {
      return false;
    }
    for (String other : never[name.length()]) {
      if (AsciiString.contentEqualsIgnoreCase(other, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean prefixed(CharSequence name) {
    if (name.length() < 2 || name.charAt(1) != '-') {
      return false;
    }
    for (String prefix : PREFIXES) {
      if (AsciiString.regionMatches(name, true, 0, prefix, 0, prefix.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsIgnoringCase(List<String> names, CharSequence name) {
    return names.stream().anyMatch(other -> AsciiString.contentEqualsIgnoreCase(other, name));
  }

  private static String[][] byLength(List<String> shared, List<String> own) {
    List<String> names = Stream.concat(shared.stream(), own.stream()).toList();
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    String[][] table = new String[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      table[length] = names.stream().filter(name -> name.length() == wanted).toArray(String[]::new);
    }
    return table;
  }
}
