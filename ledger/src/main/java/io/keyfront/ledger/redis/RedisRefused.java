package io.keyfront.ledger.redis;

/** A Redis that cannot keep a ledger, or cannot be reached; the message says what would help. */
public final class RedisRefused extends RuntimeException {
  RedisRefused(String message) {
    super(message);
  }
}
