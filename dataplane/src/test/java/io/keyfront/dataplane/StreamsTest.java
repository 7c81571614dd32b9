package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Streams that pass untouched, over HTTP/1.1. */
class StreamsTest extends ManyStreamsTest {
  @Override
  String path() {
    return Agent.MESSAGES;
  }

  @Override
  String body(String prompt) {
    return Agent.messages(prompt, true);
  }

  @Override
  String asTheProviderSays(String prompt) {
    URI direct = provider.uri().resolve("/v1/messages");
    return withoutIds(Agent.post(direct, body(prompt)).body());
  }

  @Override
  String fault() {
    return "holdAfterEvents=3;slowDrip=20";
  }

  @Override
  int mostConnections() {
    return STREAMS;
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
