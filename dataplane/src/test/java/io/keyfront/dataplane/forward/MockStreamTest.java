package io.keyfront.dataplane.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.dataplane.mock.MockAnswer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MockStreamTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void pieceWhoseTimeComesWithinAPauseWaitsForTheEndOfThePause() {
    MockStream stream = new MockStream(vertx, answer(piece("a", 0), piece("b", 20)));

    vertx.runOnContext(
        turn -> {
          listen(stream);
          stream.start();
          // After the first piece, before the second is due; the next timer is behind it.
          vertx.runOnContext(
              next -> {
                stream.pause();
                vertx.setTimer(
                    200,
                    late -> {
                      heard.add("resumed");
                      stream.resume();
                    });
              });
        });

    Awaitility.await().until(() -> heard.contains("end"));
    assertThat(heard).containsExactly("a", "resumed", "b", "end");
  }

  private void listen(MockStream stream) {
    stream.handler(chunk -> heard.add(chunk.toString()));
    stream.endHandler(end -> heard.add("end"));
  }

  private static MockAnswer answer(MockAnswer.Piece... pieces) {
    return new MockAnswer(200, java.util.Map.of(), List.of(pieces), false);
  }

  private static MockAnswer.Piece piece(String text, int delayMillis) {
    return new MockAnswer.Piece(text.getBytes(StandardCharsets.UTF_8), delayMillis);
  }
}
