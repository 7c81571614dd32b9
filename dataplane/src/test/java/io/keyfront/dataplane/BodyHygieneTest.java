package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that must not go further, or not as they are. */
class BodyHygieneTest extends WireTest {
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
  void bodyThatIsAnnouncedAboveTheBoundIsRefused() {
    String big = Agent.chat("x".repeat(1 << 20), false);

    HttpResponse<String> announced = Agent.post(proxy.uri(Agent.CHAT), big);

    IdentityTest.refused(announced, 413, "body_too_large");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void bodyThatGrowsAboveTheBoundIsRefusedWhereverItsEndMayBe() throws IOException {
    byte[] oneTooMany = new byte[(1 << 20) + 1];

    String answer =
        raw(head("POST", Agent.CHAT) + "Transfer-Encoding: chunked\r\n\r\n100001\r\n", oneTooMany);

    assertThat(answer).startsWith("HTTP/1.1 413").contains("body_too_large");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void bodyExactlyAtTheBoundPasses() {
    String empty = Agent.chat("", false);
    String full = Agent.chat("x".repeat((1 << 20) - empty.length()), false);

    assertThat(Agent.post(proxy.uri(Agent.CHAT), full).statusCode()).isEqualTo(200);
  }

  @Test
  void bodyThatComesTooSlowlyIsGivenUp() throws IOException {
    String answer = raw(head("POST", Agent.CHAT) + "Content-Length: 500\r\n\r\n{\"model\":");

    assertThat(answer).startsWith("HTTP/1.1 408");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void compressedBodyIsDecodedAndSentPlain(String coding) throws IOException {
    String answer = rawCompressed(coding, BODY.getBytes(StandardCharsets.UTF_8));

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(provider.lastRequest().bodyText()).isEqualTo(BODY);
    assertThat(provider.lastRequest().headers()).doesNotContainKey("content-encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void bodyThatIsNotCompressedAsItSaysIsNamed(String encoding) {
    HttpResponse<String> answer =
        Agent.post(proxy.uri(Agent.CHAT), BODY, "content-encoding", encoding);

    IdentityTest.refused(answer, 400, "malformed_request");
    assertThat(answer.body()).contains(encoding);
    assertThat(provider.requests()).isEmpty();
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
}
