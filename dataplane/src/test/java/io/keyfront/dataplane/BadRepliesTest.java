package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.dataplane.settle.CallRecord;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider whose answers are no HTTP, not what their headers say, or end too early. */
class BadRepliesTest extends ProxyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final String REFUSED = "HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\n";

  /** Nothing but the end of the connection says where it ends. */
  private static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

  private static final String CHUNK =
      "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":null}]}\n\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 mail.example ESMTP\r\n\r\n",
        "HTTP/1.1 two-hundred OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nBad\0" + KEY + ": x\r\n\r\n",
        OK + "Content-Length: many\r\n\r\n{}",
        OK + "Content-Encoding: gzip\r\nContent-Length: 16\r\n\r\nnot gzip at all!",
        OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        REFUSED + "Content-Encoding: fake\r\nContent-Length: 20\r\n\r\n" + KEY,
      })
  void answerThatCannotBeReadIsNamedSo(String bytes) throws IOException {
    HttpResponse<String> answer = answered(bytes, false);

    CallRecord record = proxy.nextRecord();
    assertThat(record.code()).as(record.detail()).hasValue("upstream_bad_reply");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("upstream_bad_reply");
    assertThat(record.detail()).isNotEmpty().doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", EVENTS, OK + "\r\n"})
  void connectionThatEndsBeforeTheFirstByteOfTheAnswerWasReset(String bytes) throws IOException {
    HttpResponse<String> answer = answered(bytes, true);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("upstream_reset");
    assertThat(proxy.nextRecord().code()).hasValue("upstream_reset");
  }

  @Test
  void streamThatEndsWithItsConnectionBeforeItsClosingEventEndsInAnError() throws IOException {
    HttpResponse<String> answer = answered(EVENTS + CHUNK, true);

    assertThat(answer.body()).startsWith(CHUNK).contains("\"code\":\"upstream_reset\"");
    assertThat(proxy.nextRecord().code()).hasValue("upstream_reset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: [DONE]", "data: [DONE]\n\n"})
  void streamThatSaidItIsDoneIsWhole(String end) throws IOException {
    HttpResponse<String> answer = answered(EVENTS + CHUNK + end, true);

    assertThat(answer.body()).isEqualTo(CHUNK + end);
    assertThat(proxy.nextRecord().code()).isEmpty();
  }

  @Test
  void chatStreamThatGaveItsReasonToFinishIsWholeWithoutDone() throws IOException {
    String last = CHUNK.replace("\"finish_reason\":null", "\"finish_reason\" : \"stop\"");
    String stream = CHUNK.repeat(6) + last;

    HttpResponse<String> answer = answered(EVENTS + stream, true);

    assertThat(answer.body()).isEqualTo(stream);
    assertThat(proxy.nextRecord().code()).isEmpty();
  }

  @Test
  void documentThatEndsWithItsConnectionHalfwayBreaksTheClients() {
    assertThatThrownBy(() -> answered(OK + "\r\n{\"model\":\"m\",", false))
        .isInstanceOf(Agent.Broken.class);
    assertThat(proxy.nextRecord().code()).hasValue("upstream_reset");
  }

  @Test
  void documentThatIsWholeMayEndWithItsConnection() throws IOException {
    assertThat(answered(OK + "\r\n{\"model\":\"m\"}", false).body()).isEqualTo("{\"model\":\"m\"}");
    assertThat(proxy.nextRecord().code()).isEmpty();
  }

  /** One call to a server that answers with these bytes and hangs up. */
  private HttpResponse<String> answered(String bytes, boolean stream) throws IOException {
    try (RawProvider raw = RawProvider.answering(bytes)) {
      proxy.use(
          new Snapshots().token(ProxyUnderTest.TOKEN, "*").key("openai", raw.uri(), KEY).build());
      return Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", stream));
    }
  }
}
