package io.keyfront.dataplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers one JSON request with the bytes it was given, then sends its FIN. */
final class RawProvider implements AutoCloseable {
  private final ServerSocket server;

  private RawProvider(ServerSocket server) {
    this.server = server;
  }

  static RawProvider answering(String bytes) throws IOException {
    RawProvider provider =
        new RawProvider(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> provider.serve(bytes));
    return provider;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void serve(String bytes) {
    try (Socket socket = server.accept()) {
      readRequest(socket.getInputStream());
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      // Until the proxy hangs up: a reset would overtake the bytes.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException over) {
      return;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf("]}") < 0) {
      read.append((char) in.read());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
