package io.keyfront.core.ledger;

import java.time.Instant;
import java.util.List;

/**
 * Asks for room on several accounts at once, all or none.
 *
 * @param callId unique per call
 * @param attempt 1 for the first credential tried, rising with failover; call and attempt name the
 *     hold
 * @param deadline after it the ledger ignores the request
 */
public record HoldRequest(String callId, int attempt, List<AccountId> accounts, Instant deadline) {
  public HoldRequest {
    accounts = List.copyOf(accounts);
  }
}
