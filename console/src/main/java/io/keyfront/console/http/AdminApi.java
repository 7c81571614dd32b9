package io.keyfront.console.http;

import io.keyfront.console.fault.AdminFault;
import io.keyfront.console.fault.AdminRefused;
import io.keyfront.console.fault.CallFault;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The admin API, to be mounted at {@code /admin/v1} of the management server. Every call shows the
 * admin token; the work is done on worker threads.
 */
public final class AdminApi implements Handler<HttpServerRequest> {
  private static final String REQUEST_ID = "x-keyfront-request-id";

  private final Vertx vertx;
  private final AdminKey key;
  private final AdminCalls calls;

  public AdminApi(Vertx vertx, AdminKey key, AdminCalls calls) {
    this.vertx = vertx;
    this.key = key;
    this.calls = calls;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String id = UUID.randomUUID().toString();
    Future.succeededFuture(request)
        .compose(this::answer)
        .recover(failure -> Future.succeededFuture(refusal(failure, id)))
        .onSuccess(answer -> send(request, answer, id));
  }

  private Future<Answer> answer(HttpServerRequest request) {
    key.require(
        request.headers().getAll("Authorization"), request.headers().getAll("x-admin-token"));
    AdminRoute route =
        AdminRoutes.read(
            request.method().name(),
            Optional.ofNullable(request.path()).orElse(""),
            parameters(request));
    Future<byte[]> body =
        request.method().name().equals("GET")
            ? Future.succeededFuture(new byte[0])
            : body(route, request);
    return body.compose(bytes -> vertx.executeBlocking(() -> calls.answer(route, bytes), false));
  }

  /** The query; of a parameter that comes twice the last one counts. */
  private static Map<String, String> parameters(HttpServerRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    request.params().forEach(parameters::put);
    return parameters;
  }

  private static Future<byte[]> body(AdminRoute route, HttpServerRequest request) {
    if (route instanceof AdminRoute.WithBody && !isPlainJson(request)) {
      throw new CallFault.NotLabelledJson().refused();
    }
    return BoundedBody.of(request)
        .map(
            bytes -> {
              if (!(route instanceof AdminRoute.WithBody) && bytes.length > 0) {
                JsonFields.read(bytes, List.of(), List.of());
              }
              return bytes;
            });
  }

  private static boolean isPlainJson(HttpServerRequest request) {
    String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
    String coding = Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity");
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return media.equals("application/json") && coding.strip().equalsIgnoreCase("identity");
  }

  private static Answer refusal(Throwable failure, String id) {
    AdminFault fault =
        failure instanceof AdminRefused refused ? refused.fault() : internal(failure, id);
    Optional<String> allow =
        fault instanceof CallFault.WrongMethod(String allowed)
            ? Optional.of(allowed)
            : Optional.empty();
    return new Answer(fault.status(), AnswerJson.fault(fault), allow);
  }

  private static AdminFault internal(Throwable failure, String id) {
    System.getLogger(AdminApi.class.getName())
        .log(Level.ERROR, "Admin call " + id + " failed.", failure);
    return new CallFault.Internal(id);
  }

  private static void send(HttpServerRequest request, Answer answer, String id) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader(REQUEST_ID, id);
    answer.allow().ifPresent(methods -> response.putHeader("Allow", methods));
    if (answer.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"keyfront admin\"");
    }
    if (bringsBody(request) && !request.isEnded()) {
      // What is left of the body is not read, so the connection cannot serve another call.
      response.putHeader("Connection", "close");
    }
    response.end(Buffer.buffer(answer.json()));
  }

  private static boolean bringsBody(HttpServerRequest request) {
    return request.headers().contains("Transfer-Encoding")
        || !"0".equals(Optional.ofNullable(request.getHeader("Content-Length")).orElse("0"));
  }
}
