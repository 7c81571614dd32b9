package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyfront.testkit.speech.Json;
import io.keyfront.testkit.speech.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeProviderTest {
  private static final String HELLO =
      "{\"model\":\"claude-opus-4-5\",\"max_tokens\":64,\"stream\":%b,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"len=5\"}]}";

  private final FakeProvider provider = FakeProvider.start();
  private final Client client = Client.of(provider);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void requestIsRecordedAsItCameIn() throws Exception {
    client.post("/v1/messages?beta=true", HELLO.formatted(false), "x-api-key", Client.KEY);

    RecordedRequest request = provider.lastRequest();

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/v1/messages?beta=true");
    assertThat(request.version()).isEqualTo("HTTP/1.1");
    assertThat(request.header("X-Api-Key")).contains(Client.KEY);
    assertThat(request.bodyText()).isEqualTo(HELLO.formatted(false));
  }

  @Test
  void billOfACompleteStreamEqualsTheUsageItReports() throws Exception {
    HttpResponse<String> response =
        client.post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY);

    var events = SseEvent.parse(response.body());
    assertThat(events)
        .extracting(SseEvent::name)
        .startsWith("message_start")
        .endsWith("message_stop");
    BilledCall line = provider.bill().last().orElseThrow();
    assertThat(line.complete()).isTrue();
    assertThat(line.tokens()).isEqualTo(new Tokens(2, 0, 0, 0, 5, 0));
    assertThat(line.key()).isEqualTo(Client.KEY);
    assertThat(provider.bill().byModel()).containsEntry("claude-opus-4-5", line.tokens());
    assertThat(events.get(events.size() - 2).json().path("usage").path("output_tokens").asInt())
        .isEqualTo(5);
  }

  @Test
  void keyThatIsNotAcceptedIsRefused() throws Exception {
    provider.acceptOnly("sk-fake-other");

    var response = client.post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("authentication_error");
    assertThat(provider.bill().calls()).isEmpty();
  }

  @Test
  void unusualHeadersAndRepeatedOnesAreSent() throws Exception {
    var headers =
        client.post("/v1/messages", HELLO.formatted(false), "x-api-key", Client.KEY).headers();

    assertThat(headers.firstValue("x-fake-unusual")).contains("kept; \"as it is\"");
    assertThat(headers.allValues("x-fake-twice")).containsExactly("one", "two");
    assertThat(headers.firstValue("request-id")).isPresent();
    assertThat(headers.firstValue("set-cookie")).isPresent();
  }

  @Test
  void toolResultIsAnsweredWithText() throws Exception {
    String body =
        """
        {"model":"m","max_tokens":9,"tools":[{"name":"f","input_schema":{}}],"messages":[
          {"role":"user","content":"use-tool"},
          {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"42"}]}]}
        """;

    var answer = client.postForJson("/v1/messages", body, "x-api-key", Client.KEY);

    assertThat(answer.path("stop_reason").asText()).isEqualTo("end_turn");
    assertThat(answer.at("/content/0/text").asText()).isEqualTo("Echo: use-tool");
  }

  @Test
  void clientThatLeavesMidStreamStopsTheBill() throws Exception {
    String longStream = HELLO.formatted(true).replace("len=5", "len=9000").replace("64", "9000");
    var request =
        client.request(
            "/v1/messages", longStream, "x-api-key", Client.KEY, "x-fake-fault", "slowDrip=1");
    var response = client.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
    response.body().readNBytes(1_000);

    response.body().close();

    await().until(() -> provider.abortedStreams() == 1);
    BilledCall line = provider.bill().last().orElseThrow();
    assertThat(line.complete()).isFalse();
    assertThat(line.tokens().output()).isBetween(1L, 8_999L);
    assertThat(provider.openStreams()).isZero();
  }

  @Test
  void billRunsAheadOfDelivery() throws Exception {
    provider.billAhead(4);
    String fault = "stallAfterEvents=3";

    var response =
        client
            .http()
            .send(
                client.request(
                    "/v1/messages",
                    HELLO.formatted(true),
                    "x-api-key",
                    Client.KEY,
                    "x-fake-fault",
                    fault),
                HttpResponse.BodyHandlers.ofInputStream());

    assertThat(response.statusCode()).isEqualTo(200);
    await().until(() -> provider.bill().total().output() == 4);
    response.body().close();
  }

  @Test
  void billAndRequestsCanBeReadFromOutside() throws Exception {
    client.post("/v1/messages", HELLO.formatted(false), "x-api-key", Client.KEY);

    var bill = Json.parse(client.get("/__bill").body());
    var totals = Json.parse(client.get("/__totals").body());
    var requests = Json.parse(client.get("/__requests").body());

    assertThat(totals.at("/openStreams").asInt(-1)).isZero();
    assertThat(totals.path("callsByModel").properties())
        .singleElement()
        .satisfies(model -> assertThat(model.getValue().asInt()).isEqualTo(1));
    assertThat(totals.at("/total")).isEqualTo(bill.at("/total"));
    assertThat(totals.at("/byModel")).isEqualTo(bill.at("/byModel"));
    assertThat(bill.at("/total/output").asInt()).isEqualTo(5);
    assertThat(bill.at("/byKey/" + Client.KEY + "/output").asInt()).isEqualTo(5);
    assertThat(requests).hasSize(1);
    assertThat(requests.at("/0/target").asText()).isEqualTo("/v1/messages");
  }

  @Test
  void resetOverHttp2EndsTheStreamAndKeepsTheConnection() throws Exception {
    try (FakeProvider tls = FakeProvider.startTls()) {
      HttpClient http =
          HttpClient.newBuilder().sslContext(TestCertificates.trusting(tls.caPem())).build();
      Client secure = new Client(tls.uri(), http);
      tls.script(new Fault.ResetAfterEvents(2), new Fault.ResetBeforeHeaders());

      assertThatThrownBy(
              () -> secure.post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(
              () -> secure.post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY))
          .isInstanceOf(IOException.class);
      var third = secure.post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY);

      assertThat(third.statusCode()).isEqualTo(200);
      assertThat(tls.acceptedConnections()).isEqualTo(1);
      assertThat(tls.openStreams()).isZero();
    }
  }

  @Test
  void tlsServerSpeaksHttp2AndIsTrustedThroughItsCa() throws Exception {
    try (FakeProvider tls = FakeProvider.startTls()) {
      HttpClient http =
          HttpClient.newBuilder().sslContext(TestCertificates.trusting(tls.caPem())).build();

      var response =
          new Client(tls.uri(), http)
              .post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY);

      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(tls.lastRequest().version()).isEqualTo("HTTP/2");
      assertThat(SseEvent.parse(response.body()))
          .last()
          .extracting(SseEvent::name)
          .isEqualTo("message_stop");
      assertThat(tls.uri()).isEqualTo(URI.create("https://localhost:" + tls.uri().getPort()));
    }
  }
}
