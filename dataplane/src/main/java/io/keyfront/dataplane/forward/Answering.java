package io.keyfront.dataplane.forward;

import io.keyfront.core.fault.Fault;
import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.protocols.answer.Redaction;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * The provider answers: its head is here, its body is about to flow.
 *
 * @param body flows as soon as the callback that brought it has returned, without being asked to:
 *     to pause and resume every one would cost each a turn of the event loop
 * @param usageInjected whether {@code include_usage} was added, so that its chunk has to be hidden
 * @param cancel resets the call upstream; harmless when it is over
 */
public record Answering(
    Admitted admitted,
    int status,
    MultiMap headers,
    ReadStream<Buffer> body,
    boolean usageInjected,
    Runnable cancel) {

  /** Whether it is one of success. */
  public boolean isGood() {
    return status / 100 == 2;
  }

  /** What a failure within the answer means. */
  public Fault fault(Throwable cause) {
    return Breakage.of(admitted.permitted().targeted().provider().name(), cause, redaction());
  }

  /** Blots out the credential in use. */
  public Redaction redaction() {
    return Signing.redaction(admitted.candidate());
  }
}
