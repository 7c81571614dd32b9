package io.keyfront.protocols.answer;

import java.util.function.Supplier;

/**
 * Reads a Chat stream and hides the chunk that {@code include_usage} added. Holds back the frame
 * that is open, as long as it may be that chunk.
 */
final class HidingReader extends EventReader {
  private boolean lastWasHidden;

  HidingReader(Meter meter, Supplier<Redaction> secrets) {
    super(meter, secrets);
  }

  @Override
  public byte[] feed(byte[] bytes) {
    Passed passed = new Passed(bytes);
    int from = cutter.leftover(bytes);
    if (!lastWasHidden) {
      passed.add(0, from);
    }
    int end = cutter.next(bytes, from);
    while (end >= 0) {
      endFrame(passed, bytes, from, end);
      from = end;
      end = cutter.next(bytes, from);
    }
    hold(passed, bytes, from);
    return clean(passed.bytes());
  }

  /** Of an event that is too large to be held back part is passed before it is whole. */
  private byte[] clean(byte[] bytes) {
    if (frames.isLarge()) {
      return torn.part(bytes);
    }
    return torn.isOpen() ? torn.end(bytes) : bytes;
  }

  @Override
  public byte[] end() {
    Passed passed = new Passed(NOTHING);
    endFrame(passed, NOTHING, 0, 0);
    return clean(passed.bytes());
  }

  private void endFrame(Passed passed, byte[] bytes, int from, int end) {
    byte[] held = frames.gathered();
    frames.end(bytes, from, end);
    lastWasHidden = frames.isUsageChunk();
    if (!lastWasHidden) {
      passed.add(held);
      passed.add(from, end);
    }
    frames.next();
  }

  private void hold(Passed passed, byte[] bytes, int from) {
    if (frames.outgrows(bytes.length - from)) {
      passed.add(frames.gathered());
    }
    frames.part(bytes, from, bytes.length);
    if (frames.isLarge()) {
      passed.add(from, bytes.length);
    }
  }
}
