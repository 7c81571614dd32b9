package io.keyfront.ledger.redis;

/** A Redis that cannot keep a ledger, or cannot be reached; the message says what would help. */
public final class RedisRefused extends RuntimeException {
  private final boolean passing;

  RedisRefused(String message) {
    this(message, false);
  }

  private RedisRefused(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** One that was not reached. */
  static RedisRefused away(String message) {
    return new RedisRefused(message, true);
  }

  /** Whether it may pass by itself: Redis was not reached, and so refused nothing. */
  public boolean isPassing() {
    return passing;
  }
}
