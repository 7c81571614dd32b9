package io.keyfront.dataplane.forward;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;

/**
 * Addresses that a custom endpoint must never lead to: link-local ones, where clouds keep their
 * metadata services. Judged on the address really connected to, as a name may resolve to anything.
 */
public final class ForbiddenAddresses {
  private ForbiddenAddresses() {}

  /** Whether a connection leads to one. */
  public static boolean reached(HttpConnection connection) {
    SocketAddress address = connection.remoteAddress();
    return address != null && address.hostAddress() != null && forbidden(address.hostAddress());
  }

  static boolean forbidden(String literal) {
    String address =
        literal.startsWith("::ffff:") ? literal.substring("::ffff:".length()) : literal;
    return address.startsWith("169.254.")
        || address.startsWith("0.")
        || address.regionMatches(true, 0, "fe8", 0, 3)
        || address.regionMatches(true, 0, "fe9", 0, 3)
        || address.regionMatches(true, 0, "fea", 0, 3)
        || address.regionMatches(true, 0, "feb", 0, 3)
        || address.equalsIgnoreCase("fd00:ec2::254")
        || address.equalsIgnoreCase("fd00:ec2:0:0:0:0:0:254");
  }
}
