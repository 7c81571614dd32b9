package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.crds.testing.RealApiServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An API server that is away when an operator starts, or says no to everything for a moment. */
class LeaseAccessTest {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** By itself the client tries again for longer than this before it says anything. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static KubernetesClient client(int port) {
    return RealApiServer.clientOf(
        new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + port).build());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Answers everything with this. */
  private static HttpServer server(int port, int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    server.start();
    return server;
  }

  @Test
  void apiServerThatIsAwayIsAskedUntilItIsThere() throws Exception {
    int port = freePort();
    try (KubernetesClient client = client(port)) {
      LeaseAccess access = new LeaseAccess(client, "sys", PAUSE);
      CompletableFuture<Boolean> begun = CompletableFuture.supplyAsync(access::await);
      await().atMost(SOON).until(() -> access.waitsFor().orElse("").contains("did not answer"));

      HttpServer forbids =
          server(port, 403, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":403}");
      await().atMost(SOON).until(() -> access.waitsFor().orElse("").contains("does not allow"));
      forbids.stop(0);
      HttpServer allows =
          server(
              port,
              201,
              "{\"kind\":\"SelfSubjectRulesReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"status\":{\"resourceRules\":[{\"apiGroups\":[\"coordination.k8s.io\"],\"resources\":[\"leases\"],\"verbs\":[\"create\"]},{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"resourceNames\":[\"keyfront-operator\"],\"verbs\":[\"get\",\"update\"]}]}}");

      assertThat(begun.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(access.waitsFor()).isEmpty();
      allows.stop(0);
    }
  }

  @Test
  void whoIsToldToEndEndsAlsoWhileTheApiServerIsAway() throws Exception {
    try (KubernetesClient client = client(freePort())) {
      LeaseAccess access = new LeaseAccess(client, "sys", Duration.ofMinutes(5));
      CompletableFuture<Boolean> begun = CompletableFuture.supplyAsync(access::await);
      await().atMost(SOON).until(() -> access.waitsFor().isPresent());

      access.end();

      assertThat(begun.get(20, TimeUnit.SECONDS)).isFalse();
    }
  }
}
