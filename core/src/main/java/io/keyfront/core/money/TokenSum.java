package io.keyfront.core.money;

/** Adds numbers of tokens that come from outside, so that no answer of a provider can throw. */
final class TokenSum {
  private TokenSum() {}

  /** From 0 to {@link Long#MAX_VALUE}; negative numbers count as 0. */
  static long of(long... tokens) {
    long sum = 0;
    for (long some : tokens) {
      long more = Math.max(0, some);
      sum = sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }
    return sum;
  }
}
