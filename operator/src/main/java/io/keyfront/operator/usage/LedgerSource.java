package io.keyfront.operator.usage;

import io.keyfront.core.ledger.Ledger;
import io.keyfront.ledger.redis.RedisRefused;

/** Where spend is read from. */
@FunctionalInterface
public interface LedgerSource {
  /**
   * Connects; blocks for some seconds at most.
   *
   * @throws RedisRefused when it cannot be had at the moment
   */
  Open open();

  /**
   * A ledger that can be asked.
   *
   * @param closing ends the connection
   */
  record Open(Ledger ledger, Runnable closing) implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }
}
