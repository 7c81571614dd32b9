package io.keyfront.ledger.redis;

import java.util.Optional;

/**
 * What every call of the script says of the server it is meant for.
 *
 * @param epoch another one when the server is
 * @param key in Redis that says when budgets are open; absent where they always are
 */
record Gate(long epoch, Optional<String> key) {
  static final Gate OPEN = new Gate(0, Optional.empty());
}
