package io.keyfront.dataplane;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The agents' connections of one event loop: at most so many, and none may stay without a call for
 * longer than the idle time. That also ends clients that send their head a byte at a time.
 */
final class Connections {
  private static final System.Logger LOG = System.getLogger(Connections.class.getName());
  static final long LOOK_MILLIS = 1000;

  /** So many beyond the limit are told why they are not served; any more are just closed. */
  static final int SURPLUS = 64;

  private static final long SURPLUS_IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int limit;
  private final long idleNanos;
  private final Counter refused;
  private final Map<HttpConnection, State> open = new HashMap<>();

  private static final class State {
    private final String peer;
    private final boolean surplus;
    private int calls;
    private long idleSince = System.nanoTime();

    State(String peer, boolean surplus) {
      this.peer = peer;
      this.surplus = surplus;
    }
  }

  /**
   * @param limit connections that are served
   * @param refused counts those beyond it
   */
  Connections(int limit, Duration idle, Counter refused) {
    this.limit = limit;
    this.idleNanos = idle.toNanos();
    this.refused = refused;
  }

  void opened(HttpConnection connection) {
    boolean surplus = open.size() >= limit;
    if (surplus) {
      refused.increment();
    }
    if (open.size() >= limit + SURPLUS) {
      connection.close();
      return;
    }
    open.put(connection, new State(peer(connection), surplus));
    connection.exceptionHandler(
        failure -> LOG.log(Level.DEBUG, "An agent broke a connection: {0}", failure));
    connection.closeHandler(closed -> open.remove(connection));
  }

  private static String peer(HttpConnection connection) {
    SocketAddress address = connection.remoteAddress();
    String host = address == null ? null : address.hostAddress();
    return host == null ? "" : host;
  }

  /** Whether the request's connection is one too many, still. */
  boolean isFull(HttpServerRequest request) {
    if (open.size() <= limit) {
      return false;
    }
    State state = open.get(request.connection());
    return state != null && state.surplus;
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
      long allowed = state.surplus ? Math.min(idleNanos, SURPLUS_IDLE_NANOS) : idleNanos;
      if (state.calls == 0 && now - state.idleSince > allowed) {
        entry.getKey().close();
      }
    }
  }
}
