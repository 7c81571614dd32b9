package io.keyfront.core.net;

import java.util.ArrayList;
import java.util.List;

/** Finds the client's address behind a configured number of trusted proxies. */
public final class ClientAddress {
  private ClientAddress() {}

  /**
   * Counts from the right, where trusted proxies append: the peer is hop 0, the last entry of
   * {@code X-Forwarded-For} hop 1. Entries further left are the client's own claims and are never
   * believed.
   *
   * @param peer the address of the connection
   * @param forwardedFor the {@code X-Forwarded-For} values in order, each maybe a comma-separated
   *     list
   * @param trustedHops how many proxies stand in front; 0 or less believes nobody
   */
  public static String of(String peer, List<String> forwardedFor, int trustedHops) {
    if (trustedHops <= 0 || forwardedFor.isEmpty()) {
      return peer;
    }
    List<String> chain = new ArrayList<>();
    for (String value : forwardedFor) {
      for (String hop : value.split(",", -1)) {
        chain.add(withoutPort(hop.strip()));
      }
    }
    chain.add(peer);
    return chain.get(Math.max(0, chain.size() - 1 - trustedHops));
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }
}
