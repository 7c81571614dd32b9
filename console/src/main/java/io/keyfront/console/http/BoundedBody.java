package io.keyfront.console.http;

import io.keyfront.console.fault.CallFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a request body that may not be large, nor take long. */
final class BoundedBody {
  /** The largest body, in bytes. */
  static final int LIMIT = 64 * 1024;

  /** The longest time a body may take, in seconds. */
  static final int SECONDS = 10;

  private BoundedBody() {}

  static Future<byte[]> of(HttpServerRequest request) {
    Promise<byte[]> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > LIMIT) {
            promise.tryFail(new CallFault.BodyTooLarge(LIMIT).refused());
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(promise::tryFail);
    request.endHandler(ended -> promise.tryComplete(body.getBytes()));
    return promise.future().timeout(SECONDS, TimeUnit.SECONDS).recover(BoundedBody::named);
  }

  private static Future<byte[]> named(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TimeoutException
            ? new CallFault.BodyTooSlow(SECONDS).refused()
            : failure);
  }
}
