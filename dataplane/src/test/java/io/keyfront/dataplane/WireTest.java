package io.keyfront.dataplane;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What tests that write their own bytes share. */
abstract class WireTest extends ProxyTest {
  static final String BODY = Agent.chat("hi", false);

  /** Stands at the end of what {@link #rawToTheClose} read, if the proxy closed the connection. */
  static final String CLOSED = "<closed>";

  @Override
  DataplaneOptions options() {
    return super.options()
        .withBounds(new DataplaneOptions.Bounds(1 << 20, 4 << 20, 16 << 10, 1000));
  }

  static String head(String method, String target) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + ProxyUnderTest.TOKEN
        + "\r\n";
  }

  final String raw(String head, byte... body) throws IOException {
    try (Socket socket = sent(head, body)) {
      return readUntilQuiet(socket);
    }
  }

  /**
   * A call whose body is compressed.
   *
   * @param coding gzip or deflate
   */
  final String rawCompressed(String coding, byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        coding.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
      out.write(plain);
    }
    byte[] body = packed.toByteArray();
    return raw(
        head("POST", Agent.CHAT)
            + "Content-Encoding: "
            + coding
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n",
        body);
  }

  /** Reads on until the proxy closes the connection, and says so at the end; or for 8 s. */
  final String rawToTheClose(String head) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Socket socket = sent(head)) {
      socket.getInputStream().transferTo(all);
      return all.toString(StandardCharsets.ISO_8859_1) + CLOSED;
    } catch (SocketTimeoutException open) {
      return all.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** A connection with these bytes on their way. */
  final Socket sent(String head, byte... body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(8000);
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
    return socket;
  }

  /** Everything up to the close, or until an answer has come and the connection stays silent. */
  private static String readUntilQuiet(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] step = new byte[8192];
    try {
      for (int read = socket.getInputStream().read(step);
          read >= 0;
          read = socket.getInputStream().read(step)) {
        all.write(step, 0, read);
        socket.setSoTimeout(
            all.toString(StandardCharsets.ISO_8859_1).contains("HTTP/1.1 100") ? 2000 : 700);
      }
    } catch (SocketTimeoutException quiet) {
      return all.toString(StandardCharsets.ISO_8859_1);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
