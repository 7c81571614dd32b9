package io.keyfront.protocols.answer;

import java.util.function.Supplier;

/** Reads a stream of server-sent events, frame by frame. */
abstract sealed class EventReader implements AnswerReader permits HidingReader, SseReader {
  static final byte[] NOTHING = {};

  final FrameCutter cutter = new FrameCutter();
  final FrameMeter frames;
  final TornEvents torn;

  EventReader(Meter meter, Supplier<Redaction> secrets) {
    this.frames = new FrameMeter(meter);
    this.torn = new TornEvents(secrets);
  }

  @Override
  public final Reading reading() {
    return frames.reading();
  }

  @Override
  public final boolean closed() {
    return frames.closed();
  }

  @Override
  public final boolean failed() {
    return frames.failed();
  }
}
