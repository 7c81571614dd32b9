package io.keyfront.protocols.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in bytes, eight at a time (the zero-byte test of "Hacker's Delight", 6-1, applied to a
 * word xor the byte that is sought).
 */
public final class ByteScan {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteScan() {}

  /** The first quote, backslash or control character from {@code from} on; else {@code to}. */
  public static int stringEnd(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      long control = (word - ONES * 0x20) & ~word;
      long hits = (zeros(word ^ (ONES * '"')) | zeros(word ^ (ONES * '\\')) | control) & HIGHS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 0xe0) != 0) {
      at++;
    }
    return at;
  }

  /** The first line feed or carriage return from {@code from} on; else {@code to}. */
  static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      long hits = (zeros(word ^ (ONES * '\n')) | zeros(word ^ (ONES * '\r'))) & HIGHS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  /** Whether the bytes at a place are these; a place beyond the end holds nothing. */
  public static boolean isAt(byte[] bytes, int at, int to, byte[] sought) {
    if (to - at < sought.length) {
      return false;
    }
    for (int i = 0; i < sought.length; i++) {
      if (bytes[at + i] != sought[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is UTF-8 as RFC 3629 (section 4) has it: nothing overlong, no surrogates. */
  public static boolean isUtf8(byte[] bytes) {
    int at = 0;
    while (at >= 0 && at < bytes.length) {
      if (at <= bytes.length - Long.BYTES && ((long) WORDS.get(bytes, at) & HIGHS) == 0) {
        at += Long.BYTES;
      } else {
        at = bytes[at] >= 0 ? at + 1 : afterSequence(bytes, at);
      }
    }
    return at >= 0;
  }

  /** Behind the sequence that begins there; -1 when it is none. */
  private static int afterSequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return -1;
    }
    int second = bytes[at + 1] & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return -1;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return at + length;
  }

  /** The high bit of each zero byte; above the lowest one there may be false ones. */
  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }
}
