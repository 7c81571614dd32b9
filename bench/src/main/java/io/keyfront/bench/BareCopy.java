package io.keyfront.bench;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/**
 * The least that a proxy on Vert.x can do: head and body of every request to one upstream, head and
 * body of the answer back, both streamed with back-pressure. No token, no look at the body, no
 * limit, no record: what Keyfront costs above this is what Keyfront does.
 */
public final class BareCopy extends VerticleBase {
  private static final int BAD_GATEWAY = 502;
  private static final int MAX_UPSTREAM_CONNECTIONS = 1024;

  private final int port;
  private final int upstreamPort;

  private BareCopy(int port, int upstreamPort) {
    this.port = port;
    this.upstreamPort = upstreamPort;
  }

  /** Arguments: the port to listen on, and the upstream's port; both on loopback. */
  public static void main(String[] args) {
    int port = OneLoop.port(args, 0);
    int upstreamPort = OneLoop.port(args, 1);
    OneLoop.run(vertx -> new BareCopy(port, upstreamPort));
  }

  @Override
  public Future<?> start() {
    HttpClient client =
        vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(MAX_UPSTREAM_CONNECTIONS));
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(request -> forward(client, request))
        .listen();
  }

  private void forward(HttpClient client, HttpServerRequest request) {
    request.pause();
    RequestOptions target =
        new RequestOptions()
            .setMethod(request.method())
            .setHost("127.0.0.1")
            .setPort(upstreamPort)
            .setURI(request.uri());
    client
        .request(target)
        .compose(upstream -> send(request, upstream))
        .compose(answer -> reply(answer, request.response()))
        .onFailure(failure -> refuse(request.response()));
  }

  private static Future<HttpClientResponse> send(
      HttpServerRequest request, HttpClientRequest upstream) {
    copy(request.headers(), upstream.headers());
    request.response().closeHandler(clientGone -> upstream.reset());
    return upstream.send(request);
  }

  private static Future<Void> reply(HttpClientResponse answer, HttpServerResponse response) {
    response.setStatusCode(answer.statusCode());
    copy(answer.headers(), response.headers());
    response.setChunked(!answer.headers().contains(HttpHeaders.CONTENT_LENGTH));
    // A pipe that ends the answer of a client that left throws on the next chunk.
    return answer.pipe().endOnFailure(false).to(response);
  }

  /** All headers but those that belong to one connection. */
  private static void copy(MultiMap from, MultiMap to) {
    to.addAll(from);
    to.remove(HttpHeaders.CONNECTION);
    to.remove(HttpHeaders.TRANSFER_ENCODING);
    to.remove(HttpHeaders.HOST);
  }

  private static void refuse(HttpServerResponse response) {
    if (response.headWritten()) {
      response.reset();
    } else {
      response.setStatusCode(BAD_GATEWAY).end();
    }
  }
}
