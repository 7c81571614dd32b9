package io.keyfront.protocols.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in bytes, eight at a time (the zero-byte test of "Hacker's Delight", 6-1, applied to a
 * word xor the byte that is sought).
 */
final class ByteScan {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteScan() {}

  /** The first quote, backslash or control character from {@code from} on; else {@code to}. */
  static int stringEnd(byte[] bytes, int from, int to) {
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
  static boolean isAt(byte[] bytes, int at, int to, byte[] sought) {
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

  /** The high bit of each zero byte; above the lowest one there may be false ones. */
  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }
}
