package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.dataplane.settle.CallRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong upstream and at the client, by side and moment. */
class FaultsTest extends ProxyTest {

  @Test
  void upstreamResetsBeforeHeaders() {
    HttpResponse<String> answer = chat(true, "resetBeforeHeaders");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("upstream_reset");
    assertThat(answer.headers().firstValue("x-keyfront-request-id")).isPresent();
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @Test
  void upstreamResetsAfterHeadersBeforeFirstFrame() {
    HttpResponse<String> answer = chat(true, "resetAfterHeaders");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/openai/v1/chat/completions, \"error\":{, chat",
    "/openai/v1/responses, event: response.failed, responses",
    "/anthropic/v1/messages, event: error, messages",
    "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse, \"status\":\"UNAVAILABLE\", gemini",
  })
  void facts411UpstreamResetsAfterFirstFrame(String path, String ending, String body) {
    HttpResponse<String> answer =
        Agent.post(proxy.uri(path), stream(body), "x-fake-fault", "resetAfterEvents=4");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(ending)
        .doesNotContain("[DONE]", "message_stop", "response.completed");
    CallRecord record = proxy.nextRecord();
    assertThat(record.settlement()).hasValue("in_doubt");
    assertThat(record.code()).hasValue("upstream_reset");
  }

  @Test
  void upstreamResetsWithinAPlainDocumentSoTheClientSeesABrokenConnection() {
    URI uri = proxy.uri(Agent.CHAT);
    String body = Agent.chat("len=50", false);

    assertThatThrownBy(() -> Agent.post(uri, body, "x-fake-fault", "resetAfterEvents=1"))
        .isInstanceOf(Agent.Broken.class);
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @Test
  void upstreamSendsLessThanItAnnounced() {
    URI uri = proxy.uri(Agent.CHAT);
    String body = Agent.chat("hi", false);

    assertThatThrownBy(() -> Agent.post(uri, body, "x-fake-fault", "wrongContentLength"))
        .isInstanceOf(Agent.Broken.class);
    assertThat(proxy.nextRecord().code()).hasValue("upstream_reset");
  }

  @Test
  void upstreamStallsBeforeHeaders() {
    HttpResponse<String> answer = chat(true, "stallBeforeHeaders");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("upstream_timeout");
    Awaitility.await().until(() -> provider.abortedStreams() > 0);
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @Test
  void upstreamStallsAfterFirstFrame() {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.MESSAGES),
            Agent.messages("len=50", true),
            "x-fake-fault",
            "stallAfterEvents=3");

    assertThat(answer.body()).contains("event: error").contains("timeout_error");
    assertThat(proxy.nextRecord().code()).hasValue("upstream_timeout");
  }

  @Test
  void upstreamIsNotThere() {
    proxy.use(
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, "*")
            .key("openai", URI.create("http://127.0.0.1:1"), KEY)
            .build());

    HttpResponse<String> answer = chat(true, "none");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("upstream_unreachable");
    assertThat(proxy.nextRecord().settlement()).hasValue("released");
  }

  @Test
  void facts413ConnectErrorOfAStreamMovesOnToTheNextCredential() {
    proxy.use(
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, "*")
            .key("openai", "first", URI.create("http://127.0.0.1:1"), KEY, 0)
            .key("openai", "second", provider.uri(), KEY, 1)
            .build());

    HttpResponse<String> answer = chat(true, "none");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(proxy.nextRecord().credential()).hasValue("default/second");
  }

  @Test
  void upstreamSendsAnErrorFrameInsideA200() {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.MESSAGES),
            Agent.messages("len=9", true),
            "x-fake-fault",
            "errorInside200=3");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("event: error");
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @Test
  void facts48UpstreamLeavesOutTheUsage() {
    HttpResponse<String> answer = chat(true, "noUsage");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/openai/v1/chat/completions, '\"error\":{', chat",
    "/openai/v1/responses, event: response.failed, responses",
    "/anthropic/v1/messages, event: error, messages",
    "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse, '\"status\":\"UNAVAILABLE\"', gemini",
  })
  void upstreamEndsCleanlyWithoutItsClosingEvent(String path, String ending, String body) {
    HttpResponse<String> answer =
        Agent.post(proxy.uri(path), stream(body), "x-fake-fault", "cleanEndAfterEvents=4");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(ending)
        .doesNotContain("[DONE]", "message_stop", "response.completed");
    CallRecord record = proxy.nextRecord();
    assertThat(record.settlement()).hasValue("in_doubt");
    assertThat(record.code()).hasValue("upstream_reset");
  }

  @Test
  void upstreamSendsBrokenJson() {
    HttpResponse<String> answer = chat(false, "badJson");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @Test
  void upstreamDripsByteByByte() {
    HttpResponse<String> answer = chat(true, "slowDrip=1/7");

    assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    assertThat(proxy.nextRecord().settlement()).hasValue("known");
  }

  @Test
  void upstreamSendsHugeHeaders() {
    HttpResponse<String> answer = chat(false, "hugeHeaders=100000");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("upstream_bad_reply");
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  @Test
  void facts47ClientLeavesAfterFirstFrameAndTheProviderIsToldAtOnce() throws IOException {
    int before = provider.abortedStreams();
    HttpResponse<InputStream> answer =
        Agent.open(
            proxy.uri(Agent.MESSAGES),
            Agent.messages("len=2000", true),
            "x-fake-fault",
            "slowDrip=20");

    try (InputStream body = answer.body()) {
      assertThat(body.read()).isNotNegative();
    }

    Awaitility.await().until(() -> provider.abortedStreams() > before);
    CallRecord record = proxy.nextRecord();
    assertThat(record.status()).isEqualTo(CallRecord.CLIENT_CLOSED);
    assertThat(record.settlement()).hasValue("in_doubt");
    assertThat(record.usage().orElseThrow().totalInput()).isPositive();
  }

  private static String stream(String body) {
    return switch (body) {
      case "chat" -> Agent.chat("len=50", true);
      case "responses" -> Agent.responses("len=50", true);
      case "messages" -> Agent.messages("len=50", true);
      default -> Agent.gemini("len=50");
    };
  }

  private HttpResponse<String> chat(boolean stream, String fault) {
    return Agent.post(proxy.uri(Agent.CHAT), Agent.chat("len=20", stream), "x-fake-fault", fault);
  }
}
