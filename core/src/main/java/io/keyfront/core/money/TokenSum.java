package io.keyfront.core.money;

/** Adds numbers of tokens that come from outside, so that no answer of a provider can throw. */
final class TokenSum {
  private TokenSum() {}

  /** From 0 to {@link Long#MAX_VALUE}; negative numbers count as 0. */
  static long of(long one, long other) {
    long sum = Math.max(0, one);
    long more = Math.max(0, other);
    return sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
  }
}
