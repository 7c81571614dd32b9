package io.keyfront.dataplane.manage;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Supplier;

/** The management port: {@code /healthz}, {@code /readyz}, {@code /metrics}, and mounts. */
public final class ManagementServer {
  private static final int MAX_HEADER_BYTES = 32 << 10;
  private static final int IDLE_SECONDS = 120;

  private final Vertx vertx;
  private final Supplier<Readiness> readiness;
  private final Supplier<String> metrics;
  private final Map<String, Handler<HttpServerRequest>> mounts;

  /**
   * Prepares the port.
   *
   * @param metrics the Prometheus text
   * @param mounts path prefix to what serves it; the longest prefix counts
   */
  public ManagementServer(
      Vertx vertx,
      Supplier<Readiness> readiness,
      Supplier<String> metrics,
      Map<String, Handler<HttpServerRequest>> mounts) {
    this.vertx = vertx;
    this.readiness = readiness;
    this.metrics = metrics;
    this.mounts = Map.copyOf(mounts);
  }

  public Future<HttpServer> listen(String host, int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setIdleTimeout(IDLE_SECONDS);
    return vertx.createHttpServer(options).requestHandler(this::handle).listen();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    switch (path) {
      case "/healthz" -> send(request, 200, "application/json", "{\"status\":\"ok\"}");
      case "/readyz" -> ready(request);
      case "/metrics" ->
          send(request, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
      default -> mounted(request, path);
    }
  }

  private void ready(HttpServerRequest request) {
    Readiness now = readiness.get();
    send(request, now.ready() ? 200 : 503, "application/json", now.json());
  }

  private void mounted(HttpServerRequest request, String path) {
    mounts.entrySet().stream()
        .filter(mount -> path.equals(mount.getKey()) || path.startsWith(mount.getKey() + "/"))
        .max(Comparator.comparingInt(mount -> mount.getKey().length()))
        .ifPresentOrElse(
            mount -> mount.getValue().handle(request),
            () ->
                send(
                    request,
                    404,
                    "application/json",
                    "{\"error\":{\"code\":\"not_found\",\"message\":\"This is the management port:"
                        + " /healthz, /readyz, /metrics and /admin/v1. Agents use the other port.\"}}"));
  }

  private static void send(HttpServerRequest request, int status, String type, String body) {
    boolean readable =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    request
        .response()
        .setStatusCode(readable || status == 404 ? status : 405)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .end(readable || status == 404 ? body : "");
  }
}
