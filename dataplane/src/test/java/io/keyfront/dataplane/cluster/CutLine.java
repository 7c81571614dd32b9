package io.keyfront.dataplane.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line to a server that can be cut and mended: connections break, and none is taken. Or that
 * swallows what is said on the connections there are, without a word, as a firewall does that
 * forgot them; new ones work.
 */
final class CutLine implements AutoCloseable {
  private final InetSocketAddress far;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> swallowed = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket server;

  CutLine(InetSocketAddress far) throws IOException {
    this.far = far;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = server.getLocalPort();
    accept(server);
  }

  int port() {
    return port;
  }

  void cut() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** From now on nothing arrives on the connections that are open, and none of them breaks. */
  void swallow() {
    swallowed.addAll(open);
  }

  void mend() throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    accept(server);
  }

  private void accept(ServerSocket listening) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket near = listening.accept();
                  Socket there = new Socket();
                  open.add(near);
                  open.add(there);
                  there.connect(far);
                  pump(near, there);
                  pump(there, near);
                }
              } catch (IOException cut) {
                return;
              }
            });
  }

  private void pump(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to;
                  InputStream in = from.getInputStream();
                  OutputStream out = to.getOutputStream()) {
                byte[] some = new byte[1 << 14];
                for (int read = in.read(some); read >= 0; read = in.read(some)) {
                  if (!swallowed.contains(from)) {
                    out.write(some, 0, read);
                  }
                }
              } catch (IOException cut) {
                return;
              } finally {
                open.remove(from);
                open.remove(to);
              }
            });
  }

  @Override
  public void close() {
    cut();
  }
}
