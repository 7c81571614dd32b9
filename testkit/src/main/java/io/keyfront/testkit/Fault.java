package io.keyfront.testkit;

import java.time.Duration;
import java.util.Optional;

/**
 * A misbehaviour of the fake provider, for one request: by {@link FakeProvider#script} or by the
 * request header {@code x-fake-fault} ({@link FaultNames} gives the spelling). An event is one SSE
 * event, one element of Gemini's JSON array, or one half of a plain JSON document.
 */
public sealed interface Fault {

  /** Does what it should: for a script in which only a later request is to fail. */
  record None() implements Fault {}

  /**
   * Refuses with a status, billing nothing.
   *
   * @param body instead of the dialect's own error body
   * @param retryAfter becomes the header {@code retry-after}, in whole seconds
   */
  record Status(int code, Optional<String> body, Optional<Duration> retryAfter) implements Fault {
    public Status(int code) {
      this(code, Optional.empty(), Optional.empty());
    }

    public Status(int code, Duration retryAfter) {
      this(code, Optional.empty(), Optional.of(retryAfter));
    }

    public Status(int code, String body) {
      this(code, Optional.of(body), Optional.empty());
    }
  }

  /** Reads the request, bills it, and resets before the status line. */
  record ResetBeforeHeaders() implements Fault {}

  /** Resets right after status and headers. */
  record ResetAfterHeaders() implements Fault {}

  /** Resets after so many events; more than there are means before the end of the last. */
  record ResetAfterEvents(int events) implements Fault {}

  /** Reads the request, bills it, and says nothing for ever. */
  record StallBeforeHeaders() implements Fault {}

  /** Says nothing more after so many events (0: only the headers were sent). */
  record StallAfterEvents(int events) implements Fault {}

  /** Sends so many events, and the rest once {@link FakeProvider#letGo} was called. */
  record HoldAfterEvents(int events) implements Fault {}

  /** Compresses the answer, also when identity was asked. */
  record Encoded(Encoding encoding) implements Fault {}

  /**
   * Ends a 200 with the dialect's error event after so many events; with 0 it comes first and
   * nothing is billed.
   */
  record ErrorInside200(int events) implements Fault {}

  /** Refuses with a status, quoting the key that was presented in the body and in a header. */
  record QuotedKey(int code) implements Fault {}

  /** As {@link ErrorInside200}, and the event's sentence quotes the key that was presented. */
  record QuotedKeyInside200(int events) implements Fault {}

  /**
   * Sends slowly.
   *
   * @param pause between two sendings
   * @param bytes sent at a time; 0 means an event at a time
   */
  record SlowDrip(Duration pause, int bytes) implements Fault {
    /** An event at a time. */
    public SlowDrip(Duration pause) {
      this(pause, 0);
    }
  }

  /** Ends cleanly after so many events: without usage, without the stream's closing event. */
  record CleanEndAfterEvents(int events) implements Fault {}

  /** Leaves usage out of an answer that is complete otherwise; it is billed all the same. */
  record NoUsage() implements Fault {}

  /** Breaks the JSON of the document, or of the second event. */
  record BadJson() implements Fault {}

  /** Announces a longer body than it sends, then closes the connection. */
  record WrongContentLength() implements Fault {}

  /** Adds headers of so many bytes in all. */
  record HugeHeaders(int bytes) implements Fault {}

  /**
   * Adds what is meant for one connection only (RFC 9110, section 7.6.1), {@code x-fake-hop} among
   * it, which {@code connection} names, and what is meant for this server's name only. HTTP/2
   * forbids it.
   */
  record HopByHop() implements Fault {}

  /** Answers 302 and bills nothing. */
  record Redirect(String location) implements Fault {}
}
