package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.dataplane.settle.CallRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client that asks for a long stream and does not read it. */
class StalledClientTest extends ProxyTest {
  /** What the provider has to say: far more than all the sockets' buffers together. */
  private static final long STREAM_BYTES = 512L << 20;

  /** Two hops, each with the buffers of a sender and a receiver, which the kernel lets grow. */
  private static final long BUFFERS_BYTES = 64L << 20;

  private static final byte[] CHUNK =
      ("data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(16_000) + "\"}}]}\n\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final AtomicLong taken = new AtomicLong();

  @Test
  void nothingMoreIsTakenFromTheProviderAndTheClientIsNamedAsTheOneWhoStalled() throws IOException {
    try (ServerSocket talkative = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket client = new Socket()) {
      Thread talking = Thread.ofVirtual().start(() -> talk(talkative));
      URI endpoint = URI.create("http://127.0.0.1:" + talkative.getLocalPort());
      proxy.use(
          new Snapshots().token(ProxyUnderTest.TOKEN, "*").key("openai", endpoint, KEY).build());
      client.setReceiveBufferSize(4096);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
      ask(client);

      CallRecord record = proxy.nextRecord();

      assertThat(record.code()).hasValue("client_stalled");
      assertThat(record.status()).isEqualTo(200);
      assertThat(record.settlement()).hasValue("in_doubt");
      assertThat(taken.get()).isPositive().isLessThan(BUFFERS_BYTES);
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !talking.isAlive());
    }
  }

  private static void ask(Socket client) throws IOException {
    String body = Agent.chat("hi", true);
    String head =
        WireTest.head("POST", Agent.CHAT)
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    client.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
  }

  /** Talks until it is hung up on. */
  private void talk(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      while (taken.get() < STREAM_BYTES) {
        out.write(CHUNK);
        taken.addAndGet(CHUNK.length);
      }
    } catch (IOException hungUp) {
      return;
    }
  }
}
