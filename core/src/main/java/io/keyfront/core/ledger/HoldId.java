package io.keyfront.core.ledger;

/**
 * Names a hold: one attempt of one call.
 *
 * @param attempt 1 for the first credential tried, rising with failover
 */
public record HoldId(String callId, int attempt) {}
