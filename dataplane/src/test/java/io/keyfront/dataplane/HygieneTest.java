package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.RecordedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives on the wire and must not go further, or must not arrive at all. */
class HygieneTest extends ProxyTest {
  private static final String BODY = Agent.chat("hi", false);

  @Override
  DataplaneOptions options() {
    return super.options()
        .withBounds(new DataplaneOptions.Bounds(1 << 20, 4 << 20, 16 << 10, 1000));
  }

  @Test
  void facts45HopByHopHeadersAndThoseThatConnectionNamesStayHere() throws IOException {
    String answer =
        raw(
            head("POST", Agent.CHAT)
                + "Connection: keep-alive, X-Private\r\nX-Private: 1\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\n"
                + "Upgrade: h2c\r\nProxy-Authorization: Basic fake\r\nX-Forwarded-For: 192.0.2.1\r\n"
                + "X-Forwarded-Proto: https\r\nForwarded: for=192.0.2.1\r\nX-Real-IP: 192.0.2.1\r\n"
                + "X-Keyfront-Request-Id: mine-1\r\nX-Kept: 1\r\nContent-Length: "
                + BODY.length()
                + "\r\n\r\n"
                + BODY);

    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("x-keyfront-request-id: mine-1");
    RecordedRequest seen = provider.lastRequest();
    assertThat(seen.headers())
        .containsKey("x-kept")
        .doesNotContainKeys(
            "x-private",
            "keep-alive",
            "te",
            "upgrade",
            "proxy-authorization",
            "x-forwarded-for",
            "x-forwarded-proto",
            "forwarded",
            "x-real-ip",
            "x-keyfront-request-id");
  }

  @Test
  void facts45ExpectContinueIsAnsweredAndStaysHere() throws IOException {
    String answer =
        raw(
            head("POST", Agent.CHAT)
                + "Expect: 100-continue\r\nContent-Length: "
                + BODY.length()
                + "\r\n\r\n"
                + BODY);

    assertThat(answer).startsWith("HTTP/1.1 100 Continue").contains("HTTP/1.1 200");
    assertThat(provider.lastRequest().headers()).doesNotContainKey("expect");
  }

  @Test
  void refusedCallThatExpectsToContinueIsNeverAskedForItsBody() throws IOException {
    String answer =
        raw(
            "POST "
                + Agent.CHAT
                + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("100 Continue");
  }

  @Test
  void chunkedBodyWithTrailersArrivesWhole() throws IOException {
    String chunked =
        Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\nX-Trailer: 1\r\n\r\n";

    String answer = raw(head("POST", Agent.CHAT) + "Transfer-Encoding: chunked\r\n\r\n" + chunked);

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(provider.lastRequest().bodyText()).isEqualTo(BODY);
    assertThat(provider.lastRequest().headers()).doesNotContainKey("x-trailer");
  }

  @Test
  void absoluteFormTargetIsServed() throws IOException {
    String answer =
        raw(
            head("POST", "http://somewhere.example" + Agent.CHAT)
                + "Content-Length: "
                + BODY.length()
                + "\r\n\r\n"
                + BODY);

    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 60\r\n",
        "Content-Length: abc\r\n",
        "Content-Length: -1\r\n",
        "Bad Header: x\r\nContent-Length: 2\r\n",
      })
  void requestThatCouldSmuggleAnotherIsRefusedAndTheConnectionClosed(String framing)
      throws IOException {
    String answer =
        raw(
            head("POST", Agent.CHAT)
                + framing
                + "\r\n"
                + BODY
                + "GET /v1/self HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void lengthAndChunkedTogetherReachTheProviderAsOneBodyOnly() throws IOException {
    String chunked = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";

    String answer =
        raw(
            head("POST", Agent.CHAT)
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunked);

    assertThat(answer).containsAnyOf("HTTP/1.1 200", "HTTP/1.1 400");
    assertThat(provider.requests()).allMatch(seen -> seen.bodyText().equals(BODY));
  }

  @Test
  void oversizedHeadersAreRefused() throws IOException {
    String answer =
        raw(
            head("POST", Agent.CHAT)
                + "X-Big: "
                + "x".repeat(20_000)
                + "\r\nContent-Length: 0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431");
  }

  @Test
  void bodyAboveTheBoundIsRefusedWhetherAnnouncedOrNot() {
    String big = Agent.chat("x".repeat(1 << 20), false);

    HttpResponse<String> announced = Agent.post(proxy.uri(Agent.CHAT), big);

    IdentityTest.refused(announced, 413, "body_too_large");
  }

  @Test
  void bodyThatComesTooSlowlyIsGivenUp() throws IOException {
    String answer = raw(head("POST", Agent.CHAT) + "Content-Length: 500\r\n\r\n{\"model\":");

    assertThat(answer).startsWith("HTTP/1.1 408");
  }

  @Test
  void clientThatSendsNothingIsLeftAfterTheIdleTime() throws IOException {
    assertThat(raw("POST /openai/v1/ch")).isEmpty();
  }

  @Test
  void gzippedBodyIsDecodedAndSentPlain() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(BODY.getBytes(StandardCharsets.UTF_8));
    }
    byte[] body = zipped.toByteArray();

    String answer =
        raw(
            head("POST", Agent.CHAT)
                + "Content-Encoding: gzip\r\nContent-Length: "
                + body.length
                + "\r\n\r\n",
            body);

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(provider.lastRequest().bodyText()).isEqualTo(BODY);
    assertThat(provider.lastRequest().headers()).doesNotContainKey("content-encoding");
  }

  @Test
  void gzipBombIsRefusedAtTheBound() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(new byte[8 << 20]);
    }
    byte[] body = zipped.toByteArray();

    String answer =
        raw(
            head("POST", Agent.CHAT)
                + "Content-Encoding: gzip\r\nContent-Length: "
                + body.length
                + "\r\n\r\n",
            body);

    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void unknownContentEncodingIsNamed() {
    HttpResponse<String> answer =
        Agent.post(proxy.uri(Agent.CHAT), BODY, "content-encoding", "snappy");

    IdentityTest.refused(answer, 415, "unsupported_encoding");
    assertThat(answer.body()).contains("snappy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"model\":\"gpt-5\"} {}", "nul"})
  void facts424BadJsonIsTheClientsFaultNotOurs(String body) {
    IdentityTest.refused(Agent.post(proxy.uri(Agent.CHAT), body), 400, "body_not_json");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void repeatedFieldThatMattersIsRefusedEvenBehindAnEscape() {
    String body = "{\"model\":\"gpt-5\",\"messages\":[],\"mod\\u0065l\":\"gpt-5-pro\"}";

    IdentityTest.refused(Agent.post(proxy.uri(Agent.CHAT), body), 400, "field_repeated");
  }

  @Test
  void facts425HostileModelNameIsEscapedWhereverItIsShown() {
    String body = Agent.chat("hi", false).replace("gpt-5", "<script>\\\"");
    proxy.use(
        configuration()
            .token("kf_fake-narrow-token-for-tests-0000000000000000", "anthropic")
            .build());

    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.CHAT),
            body,
            "x-api-key",
            "kf_fake-narrow-token-for-tests-0000000000000000");

    IdentityTest.refused(answer, 403, "scope_denied");
    assertThat(json(answer.body()).at("/error/message").asText()).contains("<script>\"");
  }

  @Test
  void webSocketAttemptIsAnswered426AtOnce() throws IOException {
    String answer =
        raw(
            "GET /openai/v1/responses HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Key: ZmFrZWZha2VmYWtlZmFrZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 426");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/anthropic", "/anthropic/", "/openai/v1", "/gemini"})
  void headOfABasePathIsAnswered(String path) {
    assertThat(Agent.method("HEAD", proxy.uri(path), "anonymous", "yes").statusCode())
        .isEqualTo(200);
  }

  @Test
  void unknownPathsProvidersAndMethodsAreNamed() {
    IdentityTest.refused(Agent.get(proxy.uri("/openai/v1/files")), 404, "unknown_route");
    IdentityTest.refused(
        Agent.post(proxy.uri("/acme/v1/chat/completions"), BODY), 404, "unknown_provider");
    IdentityTest.refused(Agent.get(proxy.uri(Agent.CHAT)), 405, "method_not_allowed");
    IdentityTest.refused(
        Agent.post(proxy.uri("/anthropic/v1/chat/completions"), BODY), 404, "unknown_route");
  }

  private static String head(String method, String target) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + ProxyUnderTest.TOKEN
        + "\r\n";
  }

  private String raw(String head, byte... body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket.setSoTimeout(8000);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return readUntilQuiet(socket);
    }
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
