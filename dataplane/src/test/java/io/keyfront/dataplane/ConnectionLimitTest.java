package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Snapshot;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The bound on agents' connections. */
class ConnectionLimitTest extends WireTest {
  private static final int LIMIT = 5;

  @Override
  ProxyUnderTest startProxy() {
    DataplaneOptions usual = DataplaneOptions.DEFAULT;
    DataplaneOptions.Bounds bounds = usual.bounds();
    return ProxyUnderTest.start(
        Snapshot.EMPTY,
        new DataplaneOptions(
            usual.agents(),
            usual.management(),
            1,
            new DataplaneOptions.Bounds(
                bounds.bodyBytes(), bounds.bodiesBytes(), bounds.headerBytes(), LIMIT),
            usual.timeouts(),
            usual.upstreamCa(),
            usual.tls()));
  }

  @Test
  void connectionBeyondTheBoundIsClosedUnheardAndServedOnceAnotherHasGone() throws IOException {
    String call = head("POST", Agent.CHAT) + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < LIMIT; i++) {
        open.add(sent(""));
      }
      Awaitility.await().until(() -> proxy.dataplane().connections() == LIMIT);

      try (Socket beyond = sent("")) {
        assertThat(beyond.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(proxy.dataplane().connections()).isEqualTo(LIMIT);

      open.removeFirst().close();
      Awaitility.await().until(() -> proxy.dataplane().connections() == LIMIT - 1);
      assertThat(raw(call)).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
