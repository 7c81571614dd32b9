package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end two readers may see in different places (RFC 9112 section 11.2): the proxy
 * answers such a one once, sends nothing on, and closes the connection, so that what follows is
 * never read as a request.
 */
class SmugglingTest extends WireTest {
  private static final String SECOND = "GET /v1/self HTTP/1.1\r\nHost: x\r\n\r\n";

  private static String chunked(String body) {
    return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
  }

  private void refusedOnceAndClosed(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(answer.split("HTTP/1.1 ", -1)).as(answer).hasSize(2);
    assertThat(answer).containsIgnoringCase("connection: close").endsWith(CLOSED);
    assertThat(provider.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding:\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
        "Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n",
        "X: 1\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "X: 1\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
      })
  void lengthAndTransferEncodingTogetherOrDisguisedAreRefusedAndTheConnectionClosed(String framing)
      throws IOException {
    refusedOnceAndClosed(
        rawToTheClose(head("POST", Agent.CHAT) + framing + "\r\n" + chunked(BODY) + SECOND));
  }
}
