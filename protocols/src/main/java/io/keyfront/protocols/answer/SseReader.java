package io.keyfront.protocols.answer;

/** Reads a stream of server-sent events and passes every byte at once. */
final class SseReader implements AnswerReader {
  private static final byte[] NOTHING = {};

  private final FrameCutter cutter = new FrameCutter();
  private final FrameMeter frames;

  SseReader(Meter meter) {
    this.frames = new FrameMeter(meter);
  }

  @Override
  public byte[] feed(byte[] bytes) {
    int from = cutter.leftover(bytes);
    int end = cutter.next(bytes, from);
    while (end >= 0) {
      frames.end(bytes, from, end);
      frames.next();
      from = end;
      end = cutter.next(bytes, from);
    }
    frames.part(bytes, from, bytes.length);
    return bytes;
  }

  /** A last frame that no empty line ends is read all the same. */
  @Override
  public byte[] end() {
    frames.end(NOTHING, 0, 0);
    frames.next();
    return NOTHING;
  }

  @Override
  public Reading reading() {
    return frames.reading();
  }

  @Override
  public boolean closed() {
    return frames.closed();
  }

  @Override
  public boolean failed() {
    return frames.failed();
  }
}
