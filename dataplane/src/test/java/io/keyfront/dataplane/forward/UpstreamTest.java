package io.keyfront.dataplane.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.dataplane.DataplaneOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many calls may wait for a connection, with small bounds. */
class UpstreamTest {
  private static final int CONNECTIONS = 2;
  private static final int WAITING = 3;

  private final Vertx vertx = Vertx.vertx();
  private HttpServer silent;
  private Upstream upstream;

  @BeforeEach
  void start() {
    silent =
        vertx
            .createHttpServer()
            .requestHandler(request -> {})
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    upstream =
        new Upstream(
            vertx,
            DataplaneOptions.DEFAULT,
            UpstreamTrust.of(Optional.empty()),
            Upstream.pool(CONNECTIONS, CONNECTIONS, WAITING));
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void callBeyondThoseThatMayWaitFailsAtOnceAndTheOthersGetTheirTurn() {
    List<Future<HttpClientRequest>> taken = calls(CONNECTIONS);
    await().until(() -> taken.stream().allMatch(Future::succeeded));
    List<Future<HttpClientRequest>> waiting = calls(WAITING);

    Future<HttpClientRequest> beyond = call(silent.actualPort());

    await().until(beyond::isComplete);
    assertThat(beyond.cause()).isInstanceOf(ConnectionPoolTooBusyException.class);
    assertThat(waiting).noneMatch(Future::isComplete);
    taken.forEach(one -> one.result().reset());
    await().until(() -> waiting.stream().filter(Future::succeeded).count() == CONNECTIONS);
  }

  @Test
  void callToAnotherProviderDoesNotWaitForOneThatHasNoRoom() {
    calls(CONNECTIONS + WAITING);
    HttpServer other =
        vertx
            .createHttpServer()
            .requestHandler(request -> {})
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();

    Future<HttpClientRequest> call = call(other.actualPort());

    await().until(call::succeeded);
  }

  private List<Future<HttpClientRequest>> calls(int count) {
    List<Future<HttpClientRequest>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(call(silent.actualPort()));
    }
    return calls;
  }

  /** As in the proxy, all from one event loop. */
  private Future<HttpClientRequest> call(int port) {
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    return upstream.open(new UpstreamCall(HttpMethod.POST, endpoint, "/v1", new byte[0], false));
  }
}
