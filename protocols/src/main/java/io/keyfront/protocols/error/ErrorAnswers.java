package io.keyfront.protocols.error;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Protocol;

/** The one place that turns a fault into bytes. */
public final class ErrorAnswers {
  private ErrorAnswers() {}

  /** The whole answer, for a call whose answer has not begun. */
  public static ErrorAnswer render(Fault fault, Dialect dialect, String requestId) {
    throw new UnsupportedOperationException();
  }

  /** The events that end a stream of server-sent events which has begun, blank lines included. */
  public static String streamEvents(Fault fault, Protocol protocol, String requestId) {
    throw new UnsupportedOperationException();
  }
}
