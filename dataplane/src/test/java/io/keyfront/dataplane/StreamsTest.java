package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many streams at once: every byte arrives, nothing is left behind. */
class StreamsTest extends ProxyTest {
  private static final int STREAMS = 1000;
  private static final int DIFFERENT = 40;

  private ResourceLeakDetector.Level before = ResourceLeakDetector.Level.SIMPLE;

  @Override
  DataplaneOptions options() {
    // A busy machine must not be mistaken for a silent provider.
    return DataplaneOptions.DEFAULT;
  }

  @BeforeAll
  void watchEveryBuffer() {
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  @AfterAll
  void watchAsBefore() {
    ResourceLeakDetector.setLevel(before);
  }

  @Test
  void thousandStreamsAtOnceArriveByteForByteAndLeaveNothingBehind() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < STREAMS; i++) {
        URI uri = proxy.uri(Agent.MESSAGES);
        String body = Agent.messages(prompt(i), true);
        streams.add(
            client.sendAsync(
                Agent.request(uri, "x-fake-fault", "slowDrip=20")
                    .timeout(Duration.ofMinutes(2))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
      }
      CompletableFuture.allOf(streams.toArray(CompletableFuture[]::new)).get(3, TimeUnit.MINUTES);
    }

    Map<String, String> expected = new HashMap<>();
    for (int i = 0; i < STREAMS; i++) {
      HttpResponse<String> answer = streams.get(i).join();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(withoutIds(answer.body()))
          .isEqualTo(expected.computeIfAbsent(prompt(i), this::asTheProviderSays));
    }
    Awaitility.await().until(() -> proxy.records().size() == STREAMS);
    assertThat(proxy.records()).allMatch(record -> record.settlement().orElse("").equals("known"));
    assertThat(proxy.dataplane().bodyBytes()).isZero();
    assertThat(provider.openStreams()).isZero();
    assertThat(leaksAfterCollection()).isEmpty();
  }

  /** A buffer that was dropped is reported when it was collected and another one is tracked. */
  private List<String> leaksAfterCollection() {
    for (int i = 0; i < 5; i++) {
      System.gc();
      Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("len=1", true));
    }
    return LeakCounter.leaks();
  }

  @Test
  void droppedBufferIsFoundSoThatTheOtherTestCanFail() {
    drop();
    Awaitility.await()
        .until(
            () -> {
              System.gc();
              PooledByteBufAllocator.DEFAULT.heapBuffer(1).release();
              return !LeakCounter.leaks().isEmpty();
            });
    LeakCounter.leaks().clear();
  }

  private static void drop() {
    assertThat(PooledByteBufAllocator.DEFAULT.heapBuffer(16).capacity()).isEqualTo(16);
  }

  @Test
  void sameAnswerComesThroughTheProxyAsFromTheProviderItself() {
    String through = Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("len=300", true)).body();

    assertThat(withoutIds(through)).isEqualTo(asTheProviderSays("len=300"));
  }

  /** Streams differ in length, so that one that got another's bytes is found out. */
  private static String prompt(int number) {
    return "len=" + (20 + number % DIFFERENT);
  }

  private String asTheProviderSays(String prompt) {
    URI direct = provider.uri().resolve("/v1/messages");
    return withoutIds(Agent.post(direct, Agent.messages(prompt, true)).body());
  }

  private static String withoutIds(String stream) {
    return stream.replaceAll("msg_[0-9a-z]+", "msg");
  }

  @Test
  void firstFrameArrivesWhileTheProviderStillHoldsTheRest() throws Exception {
    HttpResponse<InputStream> answer =
        Agent.open(
            proxy.uri(Agent.MESSAGES),
            Agent.messages("len=50", true),
            "x-fake-fault",
            "stallAfterEvents=1");

    byte[] first = answer.body().readNBytes("event: message_start".length());

    assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("event: message_start");
    assertThat(provider.openStreams()).isPositive();
    answer.body().close();
    Awaitility.await().until(() -> provider.openStreams() == 0);
  }
}
