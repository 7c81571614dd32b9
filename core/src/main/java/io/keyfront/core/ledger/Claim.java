package io.keyfront.core.ledger;

/** One account that a call touches, with the limits that are in force for it now. */
public record Claim(AccountId account, Limits limits) {}
