package io.keyfront.e2e.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port on this machine that leads to another, which may change; it can be made to hold back. */
final class Relay implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean held;

  Relay(int target) {
    this.target = target;
    try {
      this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Passes nothing on until it leads elsewhere; what it has read by then is lost. */
  void hold() {
    held = true;
  }

  /** Cuts every connection; new ones lead to another port. */
  void leadTo(int port) {
    target = port;
    open.forEach(Relay::shut);
    held = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket from = server.accept();
        Thread.ofVirtual().start(() -> join(from));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket from) {
    open.add(from);
    try (Socket to = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(to);
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      Thread back = Thread.ofVirtual().start(() -> pump(to, from));
      pump(from, to);
      back.join();
      open.remove(to);
    } catch (IOException unreachable) {
      shut(from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[65_536];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        while (held && !from.isClosed()) {
          Patience.pause(LOOK_AGAIN);
        }
        if (from.isClosed()) {
          break;
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException cut) {
      // Either side is gone: so is the other.
    } finally {
      shut(from);
      shut(to);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      // Nothing is left to close.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException already) {
      // Nobody can connect in any case.
    }
    open.forEach(Relay::shut);
  }
}
