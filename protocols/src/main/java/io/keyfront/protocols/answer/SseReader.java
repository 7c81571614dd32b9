package io.keyfront.protocols.answer;

import java.util.function.Supplier;

/**
 * Reads a stream of server-sent events and passes every byte at once, but for the beginning of a
 * secret in an event that is not whole.
 */
final class SseReader extends EventReader {
  SseReader(Meter meter, Supplier<Redaction> secrets) {
    super(meter, secrets);
  }

  @Override
  public byte[] feed(byte[] bytes) {
    int from = cutter.leftover(bytes);
    int head = cutter.next(bytes, from);
    int end = head;
    while (end >= 0) {
      frames.end(bytes, from, end);
      frames.next();
      from = end;
      end = cutter.next(bytes, from);
    }
    frames.part(bytes, from, bytes.length);
    return torn.pass(bytes, head, from);
  }

  /** A last frame that no empty line ends is read all the same. */
  @Override
  public byte[] end() {
    frames.end(NOTHING, 0, 0);
    frames.next();
    return torn.rest();
  }
}
