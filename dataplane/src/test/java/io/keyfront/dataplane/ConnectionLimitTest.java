package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** At the limit of connections. */
class ConnectionLimitTest extends ProxyTest {
  private static final int LIMIT = 3;
  private static final String ASKED = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

  @Override
  DataplaneOptions options() {
    return new DataplaneOptions(
        super.options().agents(),
        super.options().management(),
        1,
        new DataplaneOptions.Bounds(1 << 20, 4 << 20, 16 << 10, LIMIT),
        super.options().timeouts(),
        super.options().upstreamCa(),
        super.options().tls());
  }

  @Test
  void connectionBeyondTheLimitIsToldSoAndServedOnceOthersAreGone() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < LIMIT; i++) {
        open.add(connected());
        assertThat(asked(open.getLast())).startsWith("HTTP/1.1 200");
      }
      try (Socket another = connected()) {
        assertThat(asked(another))
            .startsWith("HTTP/1.1 503")
            .containsIgnoringCase("connection: close")
            .containsIgnoringCase("retry-after")
            .contains("connections_full");
        assertThat(another.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    assertThat(proxy.nextRecord().code()).hasValue("connections_full");
    assertThat(Agent.get(proxy.management("/metrics")).body())
        .contains("keyfront_connections_refused_total 1.0");
    Awaitility.await().ignoreExceptions().until(this::isServed);
  }

  private boolean isServed() throws IOException {
    try (Socket socket = connected()) {
      return asked(socket).startsWith("HTTP/1.1 200");
    }
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String asked(Socket socket) throws IOException {
    socket.getOutputStream().write(ASKED.getBytes(StandardCharsets.US_ASCII));
    StringBuilder read = new StringBuilder();
    while (read.lastIndexOf("}") < 0 || !isWhole(read.toString())) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      read.append((char) next);
    }
    return read.toString();
  }

  private static boolean isWhole(String answer) {
    int body = answer.indexOf("\r\n\r\n") + 4;
    String head = answer.substring(0, body).toLowerCase(java.util.Locale.ROOT);
    int length = head.indexOf("content-length: ") + "content-length: ".length();
    int announced = Integer.parseInt(head.substring(length, head.indexOf('\r', length)));
    return answer.length() >= body + announced;
  }
}
