package io.keyfront.dataplane.forward;

import io.keyfront.core.net.OutboundNets;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;

/**
 * Keeps calls from addresses that a custom endpoint must never lead to, such as those where clouds
 * keep their metadata services.
 */
public final class ForbiddenAddresses {
  private ForbiddenAddresses() {}

  /**
   * Whether a connection leads to one.
   *
   * @param host of the endpoint that it was made for
   */
  public static boolean reached(HttpConnection connection, String host) {
    SocketAddress address = connection.remoteAddress();
    return address != null
        && address.hostAddress() != null
        && OutboundNets.isForbidden(host, address.hostAddress());
  }
}
