package io.keyfront.dataplane.reply;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.provider.Protocol;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.forward.Answering;
import io.keyfront.dataplane.forward.HeaderHygiene;
import io.keyfront.dataplane.intake.Intake;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.protocols.error.ErrorAnswers;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.io.EOFException;

/** Passes one answer on: byte by byte as it comes, no faster than the client reads. */
public final class Relay {
  private final Answering answering;
  private final Received received;
  private final Protocol protocol;
  private final HttpServerResponse response;
  private final ReadStream<Buffer> body;
  private final boolean events;
  private final Shown shown;
  private final Listener listener;
  private boolean waitsForClient;
  private long declared;
  private long passed;
  private boolean over;

  /** Who owns the call. */
  public interface Listener {
    /** The provider, or the client that it had to wait for, gave a sign of life. */
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
    this.shown = new Shown(answering, events);
    this.listener = listener;
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
    if (!shown.isReadable()) {
      fail(answering.fault(new DecoderException("an error in a coding that nobody asked for")));
      return;
    }
    response.setStatusCode(answering.status());
    HeaderHygiene.toClient(answering.headers(), response.headers());
    shown.clean(response.headers());
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

  /** Body length when it is known and stays as it is, else -1: an event may have to be added. */
  private long declaredLength() {
    String length = answering.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length == null || events) {
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
    byte[] next = shown.feed(bytes);
    if (next.length > 0) {
      write(next == bytes ? chunk : Buffer.buffer(next));
    }
  }

  private void write(Buffer next) {
    passed += next.length();
    if (passed == declared) {
      response.end(next);
      return;
    }
    response.write(next);
    if (response.writeQueueFull()) {
      waitsForClient = true;
      body.pause();
      response.drainHandler(drained -> goOn());
    }
  }

  private void goOn() {
    waitsForClient = false;
    if (!over) {
      listener.progressed();
    }
    body.resume();
  }

  private void finish() {
    if (over) {
      return;
    }
    byte[] rest = shown.end();
    if (response.ended()) {
      complete();
    } else if (declared >= 0 && passed + rest.length < declared) {
      broken(new EOFException("the answer ended after " + passed + " of " + declared + " bytes"));
    } else if (shown.isClosed()) {
      response.end(Buffer.buffer(rest));
      complete();
    } else {
      if (rest.length > 0) {
        response.write(Buffer.buffer(rest));
      }
      broken(new EOFException("the answer ended without its closing event"));
    }
  }

  private void broken(Throwable cause) {
    if (over) {
      return;
    }
    if (response.ended()) {
      complete();
      return;
    }
    fail(answering.fault(cause));
  }

  /** Whether nothing happens because the client does not read what is there. */
  public boolean waitsForClient() {
    return waitsForClient;
  }

  /** Hangs up on a client that does not read: it would not read another word either. */
  public void hangUp(Fault fault) {
    if (over) {
      return;
    }
    over = true;
    answering.cancel().run();
    response.reset();
    listener.ended(new Outcome.Broken(shown.reading(), fault));
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
    listener.ended(new Outcome.Broken(shown.reading(), fault));
  }

  /** The client left. */
  public void clientGone() {
    if (over) {
      return;
    }
    over = true;
    answering.cancel().run();
    listener.ended(new Outcome.ClientGone(shown.reading()));
  }

  private void complete() {
    over = true;
    listener.ended(new Outcome.Complete(shown.reading()));
  }
}
