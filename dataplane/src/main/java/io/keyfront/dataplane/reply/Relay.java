package io.keyfront.dataplane.reply;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.forward.Answering;
import io.keyfront.dataplane.forward.HeaderHygiene;
import io.keyfront.dataplane.intake.Intake;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.protocols.answer.AnswerReader;
import io.keyfront.protocols.answer.AnswerReaders;
import io.keyfront.protocols.error.ErrorAnswers;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;

/** Passes one answer on: byte by byte as it comes, no faster than the client reads. */
public final class Relay {
  private final Answering answering;
  private final Received received;
  private final Protocol protocol;
  private final HttpServerResponse response;
  private final ReadStream<Buffer> body;
  private final boolean events;
  private final AnswerReader reader;
  private final Listener listener;
  private long declared;
  private long passed;
  private boolean over;

  /** Who owns the call. */
  public interface Listener {
    /** The provider gave a sign of life. */
    void progressed();

    /** The answer is over; called once. */
    void ended(Outcome outcome);
  }

  public Relay(Answering answering, Listener listener) {
    Targeted call = answering.admitted().permitted().targeted();
    this.answering = answering;
    this.received = call.routed().identified().received();
    this.protocol = call.routed().protocol();
    this.response = received.request().response();
    this.body = answering.body();
    this.events = isEvents(answering.headers());
    this.reader = reader(call);
    this.listener = listener;
  }

  private AnswerReader reader(Targeted call) {
    boolean metered =
        call.routed().operation() == Operation.GENERATE && answering.status() / 100 == 2;
    if (!metered || answering.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
      return AnswerReaders.none();
    }
    return events
        ? AnswerReaders.sse(protocol, answering.usageInjected())
        : AnswerReaders.json(protocol);
  }

  private static boolean isEvents(MultiMap headers) {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
  }

  /**
   * Writes the head with the first bytes of the body, so that a failure before them is a whole
   * answer.
   */
  public void start() {
    response.setStatusCode(answering.status());
    HeaderHygiene.toClient(answering.headers(), response.headers());
    response.headers().set(Intake.REQUEST_ID, received.requestId());
    RateLimitHeaders.set(
        answering.admitted(), protocol.dialect(), received.startedAt(), response.headers());
    declared = declaredLength();
    if (declared < 0 && answering.status() != 204 && answering.status() != 304) {
      response.headers().remove(HttpHeaders.CONTENT_LENGTH);
      response.setChunked(true);
    }
    body.handler(this::pass);
    body.endHandler(end -> finish());
    body.exceptionHandler(this::broken);
  }

  /** Body length when it is known and stays as it is, else -1. */
  private long declaredLength() {
    String length = answering.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length == null || (events && answering.usageInjected())) {
      return -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }

  private void pass(Buffer chunk) {
    if (over) {
      return;
    }
    listener.progressed();
    byte[] bytes = chunk.getBytes();
    byte[] shown = reader.feed(bytes);
    if (shown.length > 0) {
      write(shown == bytes ? chunk : Buffer.buffer(shown));
    }
  }

  private void write(Buffer shown) {
    passed += shown.length();
    if (passed == declared) {
      response.end(shown);
      return;
    }
    response.write(shown);
    if (response.writeQueueFull()) {
      body.pause();
      response.drainHandler(drained -> body.resume());
    }
  }

  private void finish() {
    if (over) {
      return;
    }
    byte[] rest = reader.end();
    if (!response.ended()) {
      if (declared >= 0 && passed < declared) {
        broken(
            new IllegalStateException(
                "the answer ended after " + passed + " of " + declared + " bytes"));
        return;
      }
      response.end(Buffer.buffer(rest));
    }
    complete();
  }

  private void broken(Throwable cause) {
    if (over) {
      return;
    }
    if (response.ended()) {
      complete();
      return;
    }
    Fault fault =
        cause instanceof Refused refused
            ? refused.fault()
            : new UpstreamFault.Reset(
                answering.admitted().permitted().targeted().provider().name(),
                String.valueOf(cause));
    fail(fault);
  }

  /** Ends the answer because of a fault: never cleanly. */
  public void fail(Fault fault) {
    if (over) {
      return;
    }
    over = true;
    answering.cancel().run();
    if (!response.headWritten()) {
      response.headers().clear();
      Refusal.send(response, fault, received);
    } else if (events) {
      response.end(ErrorAnswers.streamEvents(fault, protocol, received.requestId()));
    } else {
      response.reset();
    }
    listener.ended(new Outcome.Broken(reader.reading(), fault));
  }

  /** The client left. */
  public void clientGone() {
    if (over) {
      return;
    }
    over = true;
    answering.cancel().run();
    listener.ended(new Outcome.ClientGone(reader.reading()));
  }

  private void complete() {
    over = true;
    listener.ended(new Outcome.Complete(reader.reading()));
  }
}
