package io.keyfront.core.notice;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;

/**
 * Somebody with a budget.
 *
 * @param namespace of a session its issuer's; empty for a provider, and for an issuer that is gone
 * @param name of a session its subject
 */
public record BudgetOwner(AccountId account, String namespace, String name, Budget budget) {}
