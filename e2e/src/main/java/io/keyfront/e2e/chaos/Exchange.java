package io.keyfront.e2e.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** One call on a plain socket, as rude as it is planned. */
final class Exchange {
  private static final int CONNECT_MILLIS = 2_000;

  /** {@code HTTP/1.1 200}. */
  private static final int STATUS_END = 12;

  private final AgentCall call;
  private final Tally tally;
  private final byte[] buffer = new byte[4096];
  private final StringBuilder head = new StringBuilder();
  private boolean counted;

  private Exchange(AgentCall call, Tally tally) {
    this.call = call;
    this.tally = tally;
  }

  /**
   * @param until when an agent that is late leaves, by {@link System#nanoTime}
   * @return the status, and how it ended; or why there was none
   */
  static String run(AgentCall call, InetSocketAddress proxy, long until, Tally tally) {
    Exchange exchange = new Exchange(call, tally);
    try (Socket socket = new Socket()) {
      return exchange.run(socket, proxy, until);
    } catch (IOException failed) {
      return exchange.status() + " cut off";
    } finally {
      exchange.forget();
    }
  }

  private String run(Socket socket, InetSocketAddress proxy, long until) throws IOException {
    try {
      connect(socket, proxy);
    } catch (IOException down) {
      return "--- not connected";
    }
    socket.getOutputStream().write(call.request(), 0, call.sent());
    String end = read(socket.getInputStream(), until);
    forget();
    if (call.reset() && !end.equals("ended")) {
      socket.setSoLinger(true, 0);
    }
    return status() + " " + end;
  }

  private void connect(Socket socket, InetSocketAddress proxy) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(call.patienceMillis());
    if (capped()) {
      tally.askingCapped();
    }
    socket.connect(proxy, CONNECT_MILLIS);
  }

  private String read(InputStream in, long until) throws IOException {
    if (call.sent() < call.request().length) {
      return "hung up asking";
    }
    for (long seen = 0; seen < call.read(); ) {
      int read = receive(in, call.read() - seen);
      if (read < 0) {
        return "ended";
      }
      if (read == 0) {
        return call.isStalled() ? "lost patience" : "waited in vain";
      }
      seen += read;
      begin(read);
      if (System.nanoTime() - until > 0) {
        return "hung up late";
      }
    }
    return "hung up";
  }

  private int receive(InputStream in, long most) throws IOException {
    try {
      return in.read(buffer, 0, (int) Math.min(buffer.length, most));
    } catch (SocketTimeoutException silent) {
      return 0;
    }
  }

  private void begin(int read) {
    if (head.length() < STATUS_END) {
      head.append(new String(buffer, 0, read, US_ASCII));
      if (capped() && !counted && status().equals("200")) {
        counted = true;
        tally.beganCapped();
      }
    }
  }

  private void forget() {
    if (counted) {
      counted = false;
      tally.leavesCapped();
    }
  }

  private boolean capped() {
    return call.purse().name().equals(Cast.CAPPED);
  }

  private String status() {
    return head.length() < STATUS_END ? "---" : head.substring(STATUS_END - 3, STATUS_END);
  }
}
