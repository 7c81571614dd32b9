package io.keyfront.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;

/**
 * The model provider of the benchmark: reads a request, whatever it says, and answers the same
 * bytes every time, as cheaply as Vert.x can. {@code …/chat/completions} answers 0.4 KB of JSON,
 * {@code …/messages} the {@link EventStream}.
 */
public final class BenchUpstream extends VerticleBase {
  private static final Buffer CHAT_ANSWER =
      Buffer.buffer(
          "{\"id\":\"chatcmpl-Bench000000000000000000\",\"object\":\"chat.completion\","
              + "\"created\":1790000000,\"model\":\"bench-small\",\"choices\":[{\"index\":0,"
              + "\"message\":{\"role\":\"assistant\",\"content\":\"The build passes.\","
              + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
              + "\"usage\":{\"prompt_tokens\":231,\"completion_tokens\":5,\"total_tokens\":236,"
              + "\"prompt_tokens_details\":{\"cached_tokens\":0}},\"service_tier\":\"default\"}");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence SSE = HttpHeaders.createOptimized("text/event-stream");
  private static final CharSequence CHAT_LENGTH =
      HttpHeaders.createOptimized(Integer.toString(CHAT_ANSWER.length()));

  private final int port;
  private final long gapMillis;

  private BenchUpstream(int port, long gapMillis) {
    this.port = port;
    this.gapMillis = gapMillis;
  }

  /** Arguments: the port to listen on, and the milliseconds between two events of a stream. */
  public static void main(String[] args) {
    int port = OneLoop.port(args, 0);
    long gapMillis = args.length > 1 ? Long.parseLong(args[1]) : 1;
    OneLoop.run(vertx -> new BenchUpstream(port, gapMillis));
  }

  @Override
  public Future<?> start() {
    Pacer pacer = new Pacer(vertx, gapMillis, EventStream.encode());
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(request -> request.endHandler(read -> answer(request, pacer)))
        .listen();
  }

  private static void answer(HttpServerRequest request, Pacer pacer) {
    HttpServerResponse response = request.response();
    String path = Objects.requireNonNullElse(request.path(), "");
    if (path.endsWith("/chat/completions")) {
      response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
      response.headers().set(HttpHeaders.CONTENT_LENGTH, CHAT_LENGTH);
      response.end(CHAT_ANSWER);
    } else if (path.endsWith("/messages")) {
      response.headers().set(HttpHeaders.CONTENT_TYPE, SSE);
      pacer.start(response.setChunked(true));
    } else {
      response.setStatusCode(404).end();
    }
  }
}
