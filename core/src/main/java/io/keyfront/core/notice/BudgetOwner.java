package io.keyfront.core.notice;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;

/**
 * Somebody with a budget.
 *
 * @param namespace empty for a provider
 */
public record BudgetOwner(AccountId account, String namespace, String name, Budget budget) {}
