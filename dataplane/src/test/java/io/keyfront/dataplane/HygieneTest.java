package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.RecordedRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that must not go further, or not with all that they carry. */
class HygieneTest extends WireTest {
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
  void clientThatSendsNothingIsLeftAfterTheIdleTime() throws IOException {
    assertThat(raw("POST /openai/v1/ch")).isEmpty();
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
}
