package io.keyfront.dataplane.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.provider.Protocol;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.intake.Received;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks providers what a call's input counts, with the credential and the headers that the call
 * itself would be sent with. For one event loop.
 */
public final class CountCalls {
  /** More would be a load of their own on the provider's limits. */
  static final int AT_ONCE = 32;

  private static final int MOST_ANSWER_BYTES = 64 << 10;
  private static final JsonFactory JSON = new JsonFactory();

  private final Vertx vertx;
  private final Upstream upstream;
  private int running;

  public CountCalls(Vertx vertx, Upstream upstream) {
    this.vertx = vertx;
    this.upstream = upstream;
  }

  /**
   * Asks once.
   *
   * @param body of the request for the count
   * @return tokens; fails where the provider does not say, or not in time
   */
  public Future<Long> ask(Targeted call, Candidate.Keyed keyed, byte[] body, Duration within) {
    if (running >= AT_ONCE) {
      return Future.failedFuture("too many counts under way");
    }
    running++;
    Asked asked = new Asked(call, keyed);
    long timer = vertx.setTimer(within.toMillis(), late -> asked.fail("it took too long"));
    upstream
        .open(Forwarder.counting(call, keyed, body))
        .onComplete(request -> asked.send(request, body), asked.told::tryFail);
    return asked
        .told
        .future()
        .onComplete(
            done -> {
              running--;
              vertx.cancelTimer(timer);
            });
  }

  /** One question. */
  private static final class Asked {
    private final Targeted call;
    private final Candidate.Keyed keyed;
    private final Promise<Long> told = Promise.promise();
    private final Buffer answer = Buffer.buffer();
    private Runnable cancel = () -> {};

    Asked(Targeted call, Candidate.Keyed keyed) {
      this.call = call;
      this.keyed = keyed;
    }

    void fail(String why) {
      if (told.tryFail(why)) {
        cancel.run();
      }
    }

    void send(HttpClientRequest request, byte[] body) {
      cancel = request::reset;
      boolean forbidden =
          Forwarder.isGuarded(call.provider(), keyed.endpoint())
              && ForbiddenAddresses.reached(request.connection(), keyed.endpoint().getHost());
      if (forbidden || told.future().isComplete()) {
        request.reset();
        fail("given up, or a forbidden address");
        return;
      }
      Received received = call.routed().identified().received();
      HeaderHygiene.toUpstream(received.request().headers(), request.headers());
      request.headers().set(HttpHeaders.ACCEPT_ENCODING, "identity");
      request.headers().set(HttpHeaders.ACCEPT, "application/json");
      Signing.sign(
          keyed.credential().auth(), call.routed().protocol().dialect(), request.headers());
      request.send(Buffer.buffer(body)).onComplete(this::read, told::tryFail);
    }

    private void read(HttpClientResponse response) {
      if (response.statusCode() != 200) {
        fail("the provider answered " + response.statusCode());
        return;
      }
      response.exceptionHandler(told::tryFail);
      response.handler(
          chunk -> {
            if (answer.length() + chunk.length() > MOST_ANSWER_BYTES) {
              fail("the answer is far too long");
            } else {
              answer.appendBuffer(chunk);
            }
          });
      response.endHandler(end -> tell());
    }

    private void tell() {
      try {
        long tokens = tokens(answer.getBytes(), call.routed().protocol());
        if (tokens < 0) {
          fail("the answer names no number of tokens");
        } else {
          told.tryComplete(tokens);
        }
      } catch (IOException notJson) {
        told.tryFail(notJson);
      }
    }
  }

  /** The number in the answer; -1 where it has none. */
  private static long tokens(byte[] answer, Protocol protocol) throws IOException {
    String field = protocol == Protocol.GEMINI ? "totalTokens" : "input_tokens";
    try (JsonParser parser = JSON.createParser(answer)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return -1;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals(field) && value == JsonToken.VALUE_NUMBER_INT) {
          return parser.getLongValue();
        }
        parser.skipChildren();
      }
      return -1;
    }
  }
}
