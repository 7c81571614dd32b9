package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of many megabytes, and the bound on all of them together. */
class BodyBudgetTest extends WireTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int BODY_MAX = 24 * MEGABYTE;
  private static final int BODIES_MAX = 26 * MEGABYTE;

  private final List<Socket> uploads = new ArrayList<>();

  @Override
  ProxyUnderTest startProxy() {
    // A busy machine must not be mistaken for a slow client: the times are the usual ones.
    return ProxyUnderTest.start(
        Snapshot.EMPTY,
        DataplaneOptions.DEFAULT.withBounds(
            new DataplaneOptions.Bounds(BODY_MAX, BODIES_MAX, 16 << 10, 1000)));
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket upload : uploads) {
      upload.close();
    }
    Awaitility.await().until(() -> proxy.dataplane().bodyBytes() == 0);
  }

  /** Uploads that have announced a megabyte each, and sent nothing of it yet. */
  private void holdMegabytes(int count) throws IOException {
    String announcing = head("POST", Agent.CHAT) + "Content-Length: " + MEGABYTE + "\r\n\r\n";
    for (int i = 0; i < count; i++) {
      uploads.add(sent(announcing));
    }
    Awaitility.await().until(() -> proxy.dataplane().bodyBytes() == (long) count * MEGABYTE);
  }

  private static String text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"announced", "chunked"})
  void bodyOfTwentyMegabytesArrivesByteForByte(String framing) throws Exception {
    byte[] body = Agent.chat(text(20 * MEGABYTE), false).getBytes(StandardCharsets.UTF_8);
    HttpRequest.BodyPublisher sent =
        framing.equals("chunked")
            ? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
            : HttpRequest.BodyPublishers.ofByteArray(body);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer =
          client.send(
              Agent.request(proxy.uri(Agent.CHAT)).POST(sent).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    assertThat(provider.lastRequest().body()).isEqualTo(body);
  }

  @Test
  void callBeyondTheBoundOfAllBodiesIsToldToComeAgainAndServedOnceThereIsRoom() throws IOException {
    holdMegabytes(26);

    HttpResponse<String> refused = Agent.post(proxy.uri(Agent.CHAT), BODY);

    IdentityTest.refused(refused, 503, "proxy_full");
    assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
    assertThat(refused.headers().firstValue("x-should-retry")).hasValue("true");
    assertThat(provider.requests()).isEmpty();
    uploads.removeFirst().close();
    Awaitility.await().until(() -> proxy.dataplane().bodyBytes() == 25L * MEGABYTE);
    assertThat(Agent.post(proxy.uri(Agent.CHAT), BODY).statusCode()).isEqualTo(200);
  }

  @Test
  void bodyThatGrowsBeyondTheBoundOfAllIsRefusedWhileItComes() throws IOException {
    holdMegabytes(24);

    String answer =
        raw(
            head("POST", Agent.CHAT) + "Transfer-Encoding: chunked\r\n\r\n300000\r\n",
            new byte[3 * MEGABYTE]);

    assertThat(answer).startsWith("HTTP/1.1 503").contains("proxy_full");
    assertThat(proxy.dataplane().bodyBytes()).isEqualTo(24L * MEGABYTE);
  }

  @Test
  void compressedBodyIsCountedAsItIsDecoded() throws IOException {
    holdMegabytes(24);

    String answer = rawCompressed("gzip", new byte[3 * MEGABYTE]);

    assertThat(answer).startsWith("HTTP/1.1 503").contains("proxy_full");
    assertThat(proxy.dataplane().bodyBytes()).isEqualTo(24L * MEGABYTE);
  }
}
