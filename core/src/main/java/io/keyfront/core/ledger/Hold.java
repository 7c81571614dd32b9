package io.keyfront.core.ledger;

import java.time.Instant;
import java.util.List;

/**
 * Room reserved for one attempt of a call until it settles.
 *
 * @param accounts on each of which the whole amount is reserved
 * @param admittedAt by the ledger's clock: the call is charged in the windows of this moment
 */
public record Hold(HoldId id, List<AccountId> accounts, Amount amount, Instant admittedAt) {
  public Hold {
    accounts = List.copyOf(accounts);
  }
}
