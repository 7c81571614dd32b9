package io.keyfront.protocols.bound;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How many bytes compatibility normalisation can add to the text of a body.
 *
 * <p>Some tokenizers normalise (NFKC) before they cut: U+FDFA is 3 bytes before and 33 after. Each
 * code point counts as its full decomposition (NFKD), and composing afterwards never adds a byte,
 * so the sum holds for every string, whatever stands beside what. Only bytes from 0x80 and {@code
 * \}{@code u} escapes are looked at; a body of plain ASCII passes eight bytes at a time.
 */
final class Expansion {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;
  private static final long BACKSLASHES = ONES * '\\';
  private static final long US = ONES * 'u';

  /** A byte that is no UTF-8 may be read as U+FFFD, which has three. */
  private static final int REPLACEMENT_SURPLUS = 2;

  private static final int ESCAPE = 6;

  private final byte[] body;
  private int at;
  private long surplus;

  private Expansion(byte[] body) {
    this.body = body;
  }

  /** Bytes from 0: the surplus over the raw body, of text that shrinks nothing is taken off. */
  static long of(byte[] body) {
    Expansion expansion = new Expansion(body);
    while (expansion.findNext()) {
      if (body[expansion.at] < 0) {
        expansion.points();
      } else {
        expansion.escape();
      }
    }
    return expansion.surplus;
  }

  /** Goes to the next byte that may matter: one beyond ASCII, or the backslash before a u. */
  private boolean findNext() {
    int next = at;
    while (next < body.length - Long.BYTES) {
      long word = (long) LONGS.get(body, next);
      long escapes = zeros(word ^ BACKSLASHES) & zeros((long) LONGS.get(body, next + 1) ^ US);
      long found = (word | escapes) & HIGH;
      if (found != 0) {
        at = next + (Long.numberOfTrailingZeros(found) >>> 3);
        return true;
      }
      next += Long.BYTES;
    }
    while (next < body.length && body[next] >= 0 && body[next] != '\\') {
      next++;
    }
    at = next;
    return next < body.length;
  }

  /** The high bit of each byte that is zero; now and then of one above it too. */
  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }

  /** A run of code points beyond ASCII. */
  private void points() {
    int next = at;
    long more = 0;
    while (next < body.length && body[next] < 0) {
      int point = Utf8.at(body, next);
      more += point < 0 ? REPLACEMENT_SURPLUS : Decompositions.surplus(point);
      next += point < 0 ? 1 : Utf8.length(point);
    }
    at = next;
    surplus += more;
  }

  private void escape() {
    int first = unit(at);
    if (first < 0 || isEscaped()) {
      at++;
      return;
    }
    int second = Character.isHighSurrogate((char) first) ? unit(at + ESCAPE) : -1;
    boolean pair = second >= 0 && Character.isLowSurrogate((char) second);
    int point = pair ? Character.toCodePoint((char) first, (char) second) : first;
    int raw = pair ? 2 * ESCAPE : ESCAPE;
    surplus += Math.max(0, Utf8.length(point) + Decompositions.surplus(point) - raw);
    at += raw;
  }

  /** Whether the backslash here is itself escaped. */
  private boolean isEscaped() {
    int before = at;
    while (before > 0 && body[before - 1] == '\\') {
      before--;
    }
    return (at - before) % 2 != 0;
  }

  /** The UTF-16 unit that is escaped here; -1 where none is. */
  private int unit(int from) {
    if (from + ESCAPE > body.length || body[from] != '\\' || body[from + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = from + 2; i < from + ESCAPE; i++) {
      int digit = Character.digit(body[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }
}
