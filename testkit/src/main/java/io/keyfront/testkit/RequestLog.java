package io.keyfront.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest requests. Safe for use by several threads. */
final class RequestLog {
  /** Requests kept. */
  static final int MAX_REQUESTS = 4_096;

  /** Body bytes kept, over all requests; the oldest requests go first. */
  static final long MAX_BYTES = 256L << 20;

  private final Deque<RecordedRequest> requests = new ArrayDeque<>();
  private long bytes;

  synchronized void add(RecordedRequest request) {
    requests.addLast(request);
    bytes += request.body().length;
    while (requests.size() > MAX_REQUESTS || (bytes > MAX_BYTES && requests.size() > 1)) {
      bytes -= requests.removeFirst().body().length;
    }
  }

  synchronized List<RecordedRequest> all() {
    return List.copyOf(requests);
  }

  synchronized void clear() {
    requests.clear();
    bytes = 0;
  }
}
