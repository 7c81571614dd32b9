package io.keyfront.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final String PATH = "/v1/chat/completions";
  private static final String BODY =
      "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"len=8\"}]}";
  private static final String STREAM = BODY.replace("}]}", "}],\"stream\":true}");

  private final FakeProvider provider = FakeProvider.start();
  private final Client client = Client.of(provider);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void statusComesWithTheDialectsBodyAndRetryAfterAndIsNotBilled() throws Exception {
    provider.script(new Fault.Status(429, Duration.ofSeconds(7)));

    var response = call(BODY, "none");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).contains("7");
    assertThat(response.body()).contains("rate_limit_exceeded");
    assertThat(provider.bill().calls()).isEmpty();
  }

  @Test
  void quotedKeyIsInTheBodyAndInAHeader() throws Exception {
    provider.script(new Fault.QuotedKey(401), new Fault.QuotedKeyInside200(0));

    var refused = call(BODY, "none");
    var failed = call(STREAM, "none");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("The key sk-fake-1 is no good.");
    assertThat(refused.headers().firstValue("x-fake-quote"))
        .contains("The key sk-fake-1 is no good.");
    assertThat(failed.statusCode()).isEqualTo(200);
    assertThat(failed.body()).contains("The key sk-fake-1 is no good.");
  }

  @Test
  void scriptIsUsedUpOneFaultARequest() throws Exception {
    provider.script(new Fault.Status(500), new Fault.None(), new Fault.Status(503, "busy"));

    assertThat(call(BODY, "none").statusCode()).isEqualTo(500);
    assertThat(call(BODY, "none").statusCode()).isEqualTo(200);
    assertThat(call(BODY, "none").body()).isEqualTo("busy");
    assertThat(call(BODY, "none").statusCode()).isEqualTo(200);
  }

  @Test
  void resetBeforeHeadersBillsTheWholeCall() {
    assertThatThrownBy(() -> call(BODY, "resetBeforeHeaders")).isInstanceOf(IOException.class);

    assertThat(provider.bill().total().output()).isEqualTo(8);
    assertThat(provider.abortedStreams()).isZero();
  }

  @Test
  void resetAfterHeadersLetsTheStatusThrough() throws Exception {
    var response = open(STREAM, "resetAfterHeaders");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void resetAfterEventsLetsThoseEventsThrough() throws Exception {
    var response = open(STREAM, "resetAfterEvents=3");

    String seen = readToTheBreak(response.body());

    assertThat(SseEvent.parse(seen)).hasSize(3);
    assertThat(provider.bill().total().output()).isBetween(2L, 3L);
    assertThat(provider.bill().last().orElseThrow().complete()).isFalse();
  }

  @Test
  void resetAfterOneEventCutsADocumentInTheMiddle() throws Exception {
    var response = open(BODY, "resetAfterEvents=1");

    String seen = readToTheBreak(response.body());

    assertThat(seen).startsWith("{\"id\":");
    assertThatThrownBy(() -> new ObjectMapper().readTree(seen))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void stallBeforeHeadersSaysNothingUntilTheClientGoes() {
    var request =
        client.request(
            PATH, BODY, "authorization", "Bearer k", "x-fake-fault", "stallBeforeHeaders");
    var impatient =
        HttpRequest.newBuilder(request, (n, v) -> true).timeout(Duration.ofMillis(300)).build();

    assertThatThrownBy(() -> client.http().send(impatient, BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);

    await().until(() -> provider.abortedStreams() == 1 && provider.openStreams() == 0);
  }

  @Test
  void stallAfterEventsIsAStreamThatTheClientMustGiveUp() throws Exception {
    var response = open(STREAM, "stallAfterEvents=2");
    byte[] first = response.body().readNBytes(10);
    assertThat(provider.openStreams()).isEqualTo(1);

    response.body().close();

    assertThat(new String(first, UTF_8)).isEqualTo("data: {\"id");
    await().until(() -> provider.abortedStreams() == 1 && provider.openStreams() == 0);
    await().until(() -> provider.activeConnections() == 0);
  }

  @Test
  void errorInside200IsTheFirstEventAndFree() throws Exception {
    var response = call(STREAM, "errorInside200");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(SseEvent.parse(response.body()))
        .singleElement()
        .satisfies(event -> assertThat(event.json().has("error")).isTrue());
    assertThat(provider.bill().calls()).isEmpty();
  }

  @Test
  void errorInside200AfterEventsEndsABilledStream() throws Exception {
    var events = SseEvent.parse(call(STREAM, "errorInside200=3").body());

    assertThat(events).hasSize(4);
    assertThat(events.getLast().json().path("error").path("type").asText())
        .isEqualTo("server_error");
    assertThat(provider.bill().total().output()).isEqualTo(2);
  }

  @Test
  void slowDripSendsAByteAtATime() throws Exception {
    var response = open(BODY, "slowDrip=1/1");

    assertThat(response.body().read()).isEqualTo('{');
    assertThat(provider.openStreams()).isEqualTo(1);
    assertThat(
            new ObjectMapper()
                .readTree("{" + new String(response.body().readAllBytes(), UTF_8))
                .has("usage"))
        .isTrue();
  }

  @Test
  void cleanEndAfterEventsLacksTheClosingEvent() throws Exception {
    var events = SseEvent.parse(call(STREAM, "cleanEndAfterEvents=4").body());

    assertThat(events).hasSize(4).extracting(SseEvent::data).doesNotContain("[DONE]");
  }

  @Test
  void noUsageLeavesUsageOutButBillsIt() throws Exception {
    var response = call(BODY, "noUsage");

    assertThat(response.body()).doesNotContain("usage");
    assertThat(provider.bill().total().output()).isEqualTo(8);
  }

  @Test
  void badJsonCannotBeParsed() throws Exception {
    String body = call(BODY, "badJson").body();

    assertThatThrownBy(() -> new ObjectMapper().readTree(body))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void wrongContentLengthIsABodyThatEndsTooSoon() {
    assertThatThrownBy(() -> call(BODY, "wrongContentLength")).isInstanceOf(IOException.class);
  }

  @Test
  void holdAfterEventsIsAStreamThatGoesOnWhenItIsLetGo() throws Exception {
    String whole = call(STREAM, "none").body();
    var response = open(STREAM, "holdAfterEvents=2");
    byte[] first = response.body().readNBytes(10);
    assertThat(provider.openStreams()).isEqualTo(1);

    provider.letGo();

    String rest = new String(response.body().readAllBytes(), UTF_8);
    assertThat((new String(first, UTF_8) + rest).replaceAll("0\\d{22,}", "ID"))
        .isEqualTo(whole.replaceAll("0\\d{22,}", "ID"));
  }

  @Test
  void hopByHopHeadersComeWithTheOneThatConnectionNames() throws Exception {
    var response = call(BODY, "hopByHop");

    assertThat(response.headers().firstValue("connection")).hasValue("x-fake-hop, keep-alive");
    assertThat(response.headers().map())
        .containsKeys("x-fake-hop", "keep-alive", "te", "trailer", "upgrade", "alt-svc");
  }

  @Test
  void hugeHeadersAreAsLargeAsAsked() throws Exception {
    var response = call(BODY, "hugeHeaders=20000");

    int bytes = response.headers().allValues("x-fake-huge").stream().mapToInt(String::length).sum();
    assertThat(bytes).isEqualTo(20_000);
  }

  @Test
  void redirectPointsElsewhereWithoutABody() throws Exception {
    var response = call(BODY, "redirect=http://127.0.0.1:9/stolen");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("location")).contains("http://127.0.0.1:9/stolen");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void unknownFaultIsToldByName() throws Exception {
    var response = call(BODY, "explode=3");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("no fault is called explode");
  }

  private HttpResponse<String> call(String body, String fault) throws Exception {
    return client.post(PATH, body, "authorization", "Bearer sk-fake-1", "x-fake-fault", fault);
  }

  private HttpResponse<InputStream> open(String body, String fault) throws Exception {
    var request =
        client.request(PATH, body, "authorization", "Bearer sk-fake-1", "x-fake-fault", fault);
    return client.http().send(request, BodyHandlers.ofInputStream());
  }

  private static String readToTheBreak(InputStream body) {
    var seen = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> {
              for (int next = body.read(); next >= 0; next = body.read()) {
                seen.write(next);
              }
            })
        .isInstanceOf(IOException.class);
    return seen.toString(UTF_8);
  }
}
