package io.keyfront.dataplane.intake;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a request body whole, within the bound of one body and the budget of all. */
public final class BodyReader {
  private static final byte[] NOTHING = {};

  /** A declared length above this is not believed before the bytes come. */
  private static final int FIRST_ALLOCATION_MAX = 1 << 20;

  private static final int FIRST_ALLOCATION = 4 << 10;

  private final Vertx vertx;
  private final long limitBytes;
  private final BodyBudget budget;

  public BodyReader(Vertx vertx, long limitBytes, BodyBudget budget) {
    this.vertx = vertx;
    this.limitBytes = limitBytes;
    this.budget = budget;
  }

  /**
   * Starts reading. Fails with {@link Refused} when the body is too large, in an unknown encoding,
   * or the budget is spent; with the transport's error when the client goes away.
   *
   * @param lease gives the bytes back when the call is over
   */
  public Future<byte[]> read(HttpServerRequest request, BodyLease lease) {
    long declared = declaredLength(request);
    if (declared > limitBytes) {
      throw new Refused(RequestFault.bodyTooLarge(limitBytes));
    }
    ContentDecoding decoding = ContentDecoding.of(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    if (HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Future<byte[]> raw = new Collector(request, lease, (int) Math.max(declared, 0)).start();
    return decoding == ContentDecoding.IDENTITY
        ? raw
        : raw.compose(bytes -> vertx.executeBlocking(() -> decoded(decoding, bytes, lease), false));
  }

  private byte[] decoded(ContentDecoding decoding, byte[] bytes, BodyLease lease) {
    return decoding.decode(bytes, limitBytes, more -> take(lease, more));
  }

  private void take(BodyLease lease, long bytes) {
    if (!lease.take(bytes)) {
      throw new Refused(new CapacityFault.BodiesFull(budget.limitBytes()));
    }
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException unreadable) {
      throw new Refused(
          RequestFault.malformed("The header Content-Length must be a number of bytes."));
    }
  }

  public long limitBytes() {
    return limitBytes;
  }

  /** Gathers chunks into one array that grows at most by doubling. */
  private final class Collector {
    private final HttpServerRequest request;
    private final BodyLease lease;
    private final Promise<byte[]> promise = Promise.promise();
    private byte[] bytes;
    private int length;
    private boolean over;

    Collector(HttpServerRequest request, BodyLease lease, int declared) {
      this.request = request;
      this.lease = lease;
      this.bytes = NOTHING;
      grow(Math.min(Math.max(declared, 0), FIRST_ALLOCATION_MAX));
    }

    Future<byte[]> start() {
      request.exceptionHandler(this::fail);
      request.handler(this::add);
      request.endHandler(end -> finish());
      return promise.future();
    }

    private void add(Buffer chunk) {
      if (over) {
        return;
      }
      try {
        int needed = Math.addExact(length, chunk.length());
        if (needed > limitBytes) {
          throw new Refused(RequestFault.bodyTooLarge(limitBytes));
        }
        if (needed > bytes.length) {
          grow(
              Math.max(
                  needed,
                  (int) Math.min(limitBytes, Math.max(FIRST_ALLOCATION, 2L * bytes.length))));
        }
        chunk.getBytes(bytes, length);
        length = needed;
      } catch (Refused refused) {
        fail(refused);
      }
    }

    private void grow(int size) {
      take(lease, size - bytes.length);
      bytes = Arrays.copyOf(bytes, size);
    }

    private void finish() {
      if (!over) {
        over = true;
        promise.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
      }
    }

    private void fail(@Nullable Throwable cause) {
      if (!over) {
        over = true;
        bytes = NOTHING;
        promise.fail(cause == null ? new IllegalStateException("request ended") : cause);
      }
    }
  }
}
