package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.dataplane.settle.CallRecord;
import java.io.IOException;
import java.net.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that leave, by the moment: nothing of their calls stays, and the provider is told. */
class ClientGoneTest extends WireTest {
  @Override
  DataplaneOptions options() {
    // The times are the usual ones, so that only the leaving can have ended the call.
    return DataplaneOptions.DEFAULT;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "announced, 'Content-Length: 500\r\n\r\n{\"model\":'",
    "chunked, 'Transfer-Encoding: chunked\r\n\r\n9\r\n{\"model\":\r\n'",
  })
  void clientLeavesWithinItsBodyAndTheProviderNeverHearsOfIt(String framing, String begun)
      throws IOException {
    try (Socket socket = sent(head("POST", Agent.CHAT) + begun)) {
      assertThat(socket.isConnected()).isTrue();
      Awaitility.await().until(() -> proxy.dataplane().bodyBytes() > 0);
    }

    CallRecord record = proxy.nextRecord();
    assertThat(record.status()).isEqualTo(CallRecord.CLIENT_CLOSED);
    assertThat(record.settlement()).isEmpty();
    Awaitility.await().until(() -> proxy.dataplane().bodyBytes() == 0);
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void refusedClientLeavesWithinItsBodyAndItsCallCountsNoLonger() throws IOException {
    String head = "POST " + Agent.CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n";

    try (Socket socket = sent(head + "{")) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      assertThat(proxy.dataplane().activeCalls()).isEqualTo(1);
    }

    Awaitility.await().until(() -> proxy.dataplane().activeCalls() == 0);
    assertThat(proxy.nextRecord().code()).hasValue("missing_authorization");
  }

  @Test
  void clientLeavesBeforeTheProvidersHeadersAndTheProviderIsTold() throws IOException {
    int before = provider.abortedStreams();
    String head =
        head("POST", Agent.CHAT)
            + "x-fake-fault: stallBeforeHeaders\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n";
    try (Socket socket = sent(head + BODY)) {
      assertThat(socket.isConnected()).isTrue();
      Awaitility.await().until(() -> provider.openStreams() == 1);
    }

    CallRecord record = proxy.nextRecord();
    assertThat(record.status()).isEqualTo(CallRecord.CLIENT_CLOSED);
    assertThat(record.settlement()).hasValue("in_doubt");
    Awaitility.await().until(() -> provider.abortedStreams() > before);
    assertThat(provider.openStreams()).isZero();
  }
}
