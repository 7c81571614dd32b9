package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.dataplane.settle.CallRecord;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that is stopping, by what its clients do meanwhile. One event loop, so one moment. */
class DrainTest extends WireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  ProxyUnderTest startProxy() {
    DataplaneOptions usual = options();
    return ProxyUnderTest.start(
        Snapshot.EMPTY,
        new DataplaneOptions(
            usual.agents(),
            usual.management(),
            1,
            usual.bounds(),
            DataplaneOptions.Timeouts.DEFAULT,
            usual.upstreamCa(),
            usual.tls()));
  }

  @BeforeEach
  void startAnother() {
    proxy.close();
    proxy = startProxy();
    proxy.use(configuration().build());
  }

  private static String call(String body) {
    return head("POST", Agent.CHAT) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private HttpResponse<InputStream> stream(String fault) {
    return Agent.open(
        proxy.uri(Agent.MESSAGES), Agent.messages("len=60", true), "x-fake-fault", fault);
  }

  @Test
  void streamEndsAsItWouldWhileNewConnectionsAreRefused() throws IOException {
    HttpResponse<InputStream> answer = stream("slowDrip=20");
    assertThat(answer.body().read()).isNotNegative();

    Future<Void> drained = proxy.dataplane().drain(PATIENCE);

    Awaitility.await()
        .untilAsserted(
            () -> assertThatThrownBy(() -> sent("").close()).isInstanceOf(ConnectException.class));
    assertThat(drained.isComplete()).isFalse();
    HttpResponse<String> ready = Agent.get(proxy.management("/readyz"));
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("draining");
    assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
        .endsWith("data: {\"type\":\"message_stop\"}\n\n");
    Awaitility.await().until(drained::isComplete);
    assertThat(proxy.nextRecord().settlement()).hasValue("known");
  }

  @Test
  void connectionWithoutACallIsClosedAtOnce() throws IOException {
    try (Socket idle = sent("")) {
      Agent.post(proxy.uri(Agent.CHAT), BODY);

      Future<Void> drained = proxy.dataplane().drain(PATIENCE);

      assertThat(idle.getInputStream().read()).isEqualTo(-1);
      Awaitility.await().until(drained::isComplete);
    }
  }

  @Test
  void callBehindTheLastOneOnItsConnectionIsToldToComeAgain() throws IOException {
    String slow = head("POST", Agent.CHAT) + "x-fake-fault: slowDrip=300\r\n";
    String body = Agent.chat("len=10", true);
    String first = slow + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    try (Socket line = sent(first + call(BODY))) {
      assertThat(line.getInputStream().read()).isEqualTo('H');

      Future<Void> drained = proxy.dataplane().drain(PATIENCE);

      String rest = new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rest).contains("data: [DONE]", "HTTP/1.1 503", "x-keyfront-code: draining");
      assertThat(rest.indexOf("[DONE]")).isLessThan(rest.indexOf("HTTP/1.1 503"));
      Awaitility.await().until(drained::isComplete);
      assertThat(provider.requests()).hasSize(1);
    }
  }

  @Test
  void callThatOutlivesThePatienceIsCutAndSettled() throws IOException {
    HttpResponse<InputStream> answer = stream("stallAfterEvents=2");
    assertThat(answer.body().read()).isNotNegative();

    Future<Void> drained = proxy.dataplane().drain(Duration.ofMillis(300));

    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    Awaitility.await().until(drained::isComplete);
    CallRecord record = proxy.nextRecord();
    assertThat(record.status()).isEqualTo(CallRecord.CLIENT_CLOSED);
    assertThat(record.settlement()).hasValue("in_doubt");
    Awaitility.await().until(() -> provider.openStreams() == 0);
  }
}
