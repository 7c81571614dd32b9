package io.keyfront.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static Socket to(Relay relay) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }

  @Test
  void passesBytesBothWays() throws Exception {
    try (ServerSocket server = server();
        Relay relay = new Relay(server.getLocalPort());
        Socket client = to(relay);
        Socket served = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(served.getInputStream().read()).isEqualTo(1);

      served.getOutputStream().write(2);
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void whatItHeldBackIsLostWhenItLeadsElsewhere() throws Exception {
    try (ServerSocket first = server();
        ServerSocket second = server();
        Relay relay = new Relay(first.getLocalPort());
        Socket client = to(relay);
        Socket served = first.accept()) {
      relay.hold();
      client.getOutputStream().write(1);
      served.setSoTimeout(300);
      assertThatThrownBy(() -> served.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      relay.leadTo(second.getLocalPort());

      assertThat(served.getInputStream().read()).isEqualTo(-1);
      try (Socket next = to(relay);
          Socket servedNext = second.accept()) {
        next.getOutputStream().write(3);
        assertThat(servedNext.getInputStream().read()).isEqualTo(3);
      }
    }
  }
}
