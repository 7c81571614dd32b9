package io.keyfront.protocols.bound;

/** Sums and products of numbers from 0 up, that stay at the largest long. */
final class Saturating {
  private Saturating() {}

  static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  static long times(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }
}
