package io.keyfront.core.ledger;

import java.util.List;

/** Room reserved for one attempt of a call until it settles. */
public record Hold(String callId, int attempt, List<AccountId> accounts) {
  public Hold {
    accounts = List.copyOf(accounts);
  }
}
