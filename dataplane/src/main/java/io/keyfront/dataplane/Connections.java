package io.keyfront.dataplane;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * The agents' connections of one event loop: at most so many, and none may stay without a call for
 * longer than the idle time. That also ends clients that send their head a byte at a time.
 */
final class Connections {
  private static final System.Logger LOG = System.getLogger(Connections.class.getName());
  static final long LOOK_MILLIS = 1000;

  private final int limit;
  private final long idleNanos;
  private final Map<HttpConnection, State> open = new HashMap<>();

  private static final class State {
    private final String peer;
    private int calls;
    private long idleSince = System.nanoTime();

    State(String peer) {
      this.peer = peer;
    }
  }

  Connections(int limit, Duration idle) {
    this.limit = limit;
    this.idleNanos = idle.toNanos();
  }

  void opened(HttpConnection connection) {
    if (open.size() >= limit) {
      connection.close();
      return;
    }
    open.put(connection, new State(peer(connection)));
    connection.exceptionHandler(
        failure -> LOG.log(Level.DEBUG, "An agent broke a connection: {0}", failure));
    connection.closeHandler(closed -> open.remove(connection));
  }

  private static String peer(HttpConnection connection) {
    SocketAddress address = connection.remoteAddress();
    String host = address == null ? null : address.hostAddress();
    return host == null ? "" : host;
  }

  /**
   * A call has begun on its connection.
   *
   * @return the address at the other end, made into text once for the connection; empty where it
   *     has none
   */
  String busy(HttpServerRequest request) {
    State state = open.get(request.connection());
    if (state == null) {
      return peer(request.connection());
    }
    state.calls++;
    request
        .response()
        .endHandler(
            sent -> {
              state.calls--;
              state.idleSince = System.nanoTime();
            });
    return state.peer;
  }

  /** Open now. */
  int size() {
    return open.size();
  }

  void closeIdle() {
    long now = System.nanoTime();
    for (Map.Entry<HttpConnection, State> entry : new ArrayList<>(open.entrySet())) {
      State state = entry.getValue();
      if (state.calls == 0 && now - state.idleSince > idleNanos) {
        entry.getKey().close();
      }
    }
  }
}
