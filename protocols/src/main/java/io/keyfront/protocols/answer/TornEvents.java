package io.keyfront.protocols.answer;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Blots out secrets in the events of a stream that pass in pieces: nobody knows yet whether such an
 * event tells of an error. What it holds back may be the beginning of a secret, and is part of an
 * event that no client can read yet. An event that comes whole costs nothing here.
 */
final class TornEvents {
  private static final byte[] NOTHING = {};

  private final Supplier<Redaction> secrets;
  private @Nullable Redaction open;

  TornEvents(Supplier<Redaction> secrets) {
    this.secrets = secrets;
  }

  /** Whether an event has begun to pass and has not ended. */
  boolean isOpen() {
    return open != null;
  }

  /** Takes what follows of the event that is open, or the beginning of one. */
  byte[] part(byte[] bytes) {
    Redaction known = open == null ? secrets.get() : open;
    open = known;
    return known.feed(bytes);
  }

  /** Takes the end of the event that is open. */
  byte[] end(byte[] bytes) {
    Redaction known = open;
    open = null;
    return known == null ? bytes : known.last(bytes);
  }

  /** What is still held back when the stream is over. */
  byte[] rest() {
    return end(NOTHING);
  }

  /**
   * A piece of a stream.
   *
   * @param head where the first event ends that the piece ends; -1 when it ends none
   * @param tail where the event begins that the piece leaves open; its length when it leaves none
   * @return the very same array when nothing in it is blotted out or held back
   */
  byte[] pass(byte[] bytes, int head, int tail) {
    if (open == null && tail == bytes.length) {
      return bytes;
    }
    if (open != null && head < 0) {
      return part(bytes);
    }
    int whole = open == null ? 0 : head;
    byte[] first = Arrays.copyOf(bytes, whole);
    byte[] last = Arrays.copyOfRange(bytes, tail, bytes.length);
    byte[] firstShown = end(first);
    byte[] lastShown = tail < bytes.length ? part(last) : last;
    if (firstShown == first && lastShown == last) {
      return bytes;
    }
    Passed passed = new Passed(bytes);
    passed.add(firstShown);
    passed.add(whole, tail);
    passed.add(lastShown);
    return passed.bytes();
  }
}
