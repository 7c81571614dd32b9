package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
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

/** A thousand streams at one moment: every byte arrives, nothing is left behind. */
abstract class ManyStreamsTest extends ProxyTest {
  static final int STREAMS = 1000;
  private static final int DIFFERENT = 40;
  private static final Duration LONG = Duration.ofMinutes(2);

  private ResourceLeakDetector.Level before = ResourceLeakDetector.Level.SIMPLE;

  /** The proxy's path that is called. */
  abstract String path();

  abstract String body(String prompt);

  /** What a client of the proxy is to see, but for ids. */
  abstract String asTheProviderSays(String prompt);

  /** How the provider sends; none may end by itself. */
  abstract String fault();

  /** The most connections that a thousand streams may need. */
  abstract int mostConnections();

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
    Map<String, String> expected = new HashMap<>();
    for (int i = 0; i < DIFFERENT; i++) {
      expected.put(prompt(i), asTheProviderSays(prompt(i)));
    }
    int others = provider.acceptedConnections();

    List<HttpResponse<String>> answers = allAtOneMoment();

    for (int i = 0; i < STREAMS; i++) {
      assertThat(answers.get(i).statusCode()).isEqualTo(200);
      assertThat(withoutIds(answers.get(i).body())).isEqualTo(expected.get(prompt(i)));
    }
    Awaitility.await().atMost(LONG).until(() -> proxy.records().size() == STREAMS);
    assertThat(proxy.records()).allMatch(record -> record.settlement().orElse("").equals("known"));
    assertThat(proxy.dataplane().bodyBytes()).isZero();
    assertThat(provider.openStreams()).isZero();
    // Connections to the provider are kept for the next calls, which need no new ones.
    int accepted = provider.acceptedConnections();
    assertThat(accepted - others).isBetween(1, mostConnections());
    assertThat(leaksAfterCollection()).isEmpty();
    assertThat(provider.acceptedConnections()).isEqualTo(accepted);
  }

  /** None is answered to its end before all of them are under way. */
  private List<HttpResponse<String>> allAtOneMoment() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI uri = proxy.uri(path());
      for (int i = 0; i < STREAMS; i++) {
        streams.add(
            client.sendAsync(
                Agent.request(uri, "x-fake-fault", fault())
                    .timeout(LONG)
                    .POST(HttpRequest.BodyPublishers.ofString(body(prompt(i))))
                    .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
      }
      Awaitility.await()
          .atMost(LONG)
          .until(() -> provider.heldStreams() == STREAMS || !proxy.records().isEmpty());
      assertThat(proxy.records()).as("calls that ended too soon").isEmpty();
      assertThat(proxy.dataplane().activeCalls()).isEqualTo(STREAMS);
      assertThat(proxy.dataplane().connections()).isBetween(STREAMS, STREAMS + 1);
      provider.letGo();
      CompletableFuture.allOf(streams.toArray(CompletableFuture[]::new)).get(3, TimeUnit.MINUTES);
    }
    // The client is closed, and with it what it had open; another may keep one.
    Awaitility.await().atMost(LONG).until(() -> proxy.dataplane().connections() <= 1);
    return streams.stream().map(CompletableFuture::join).toList();
  }

  /** A buffer that was dropped is reported when it was collected and another one is tracked. */
  private List<String> leaksAfterCollection() {
    for (int i = 0; i < 5; i++) {
      System.gc();
      Agent.post(proxy.uri(path()), body("len=1"));
    }
    return LeakCounter.leaks();
  }

  @Test
  void sameAnswerComesThroughTheProxyAsFromTheProviderItself() {
    String through = Agent.post(proxy.uri(path()), body("len=300")).body();

    assertThat(withoutIds(through)).isEqualTo(asTheProviderSays("len=300"));
  }

  /** Streams differ in length, so that one that got another's bytes is found out. */
  private static String prompt(int number) {
    return "len=" + (20 + number % DIFFERENT);
  }

  static String withoutIds(String stream) {
    return stream.replaceAll("msg_[0-9a-z]+", "msg").replaceAll("chatcmpl-[0-9a-z]+", "chatcmpl");
  }
}
