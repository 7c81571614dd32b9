package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;

/**
 * There is room: a hold is reserved on the token's and the candidate's accounts.
 *
 * @param number of the candidate, from 1
 * @param headroom of the token after this call
 */
public record Admitted(Permitted permitted, int number, Hold hold, Headroom headroom, Terms terms) {

  public Candidate candidate() {
    return permitted.candidates().get(number - 1);
  }
}
