package io.keyfront.testkit;

import io.keyfront.testkit.speech.Dialect;
import io.keyfront.testkit.speech.Tokens;

/**
 * One line of the bill.
 *
 * @param call number of the request at this provider, 1 and up
 * @param key the key presented
 * @param tokens owed so far
 * @param complete whether the last byte of the answer was handed to the network
 */
public record BilledCall(
    long call, Dialect dialect, String model, String key, Tokens tokens, boolean complete) {

  BilledCall owing(Tokens more) {
    return new BilledCall(call, dialect, model, key, tokens.plus(more), complete);
  }

  BilledCall completed() {
    return new BilledCall(call, dialect, model, key, tokens, true);
  }
}
