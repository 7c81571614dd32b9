package io.keyfront.dataplane.webhook;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.notice.BudgetOwner;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everybody in a snapshot who has a budget. A revoked token spends no more, and is left out;
 * session tokens, which no snapshot knows, are known by their calls.
 */
final class BudgetOwners {
  static final BudgetOwners NONE = new BudgetOwners(Snapshot.EMPTY);

  private final Snapshot snapshot;
  private final Map<AccountId, BudgetOwner> byAccount = new LinkedHashMap<>();
  private final List<BudgetOwner> all;

  BudgetOwners(Snapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.tokens().values().stream()
        .filter(token -> !token.revoked())
        .map(token -> token.identity())
        .forEach(
            token ->
                add(
                    AccountId.token(token.account()),
                    token.namespace(),
                    token.name(),
                    token.limits()));
    snapshot
        .credentials()
        .forEach(
            credential ->
                add(
                    AccountId.credential(credential.id().toString()),
                    credential.id().namespace(),
                    credential.id().name(),
                    credential.limits()));
    snapshot
        .providers()
        .values()
        .forEach(
            provider ->
                add(AccountId.provider(provider.name()), "", provider.name(), provider.limits()));
    this.all = new ArrayList<>(byAccount.values());
  }

  private void add(AccountId account, String namespace, String name, Limits limits) {
    Optional<Budget> budget = limits.budget();
    budget.ifPresent(set -> byAccount.put(account, new BudgetOwner(account, namespace, name, set)));
  }

  boolean isOf(Snapshot other) {
    return snapshot == other;
  }

  Optional<BudgetOwner> find(AccountId account) {
    return Optional.ofNullable(byAccount.get(account));
  }

  /** A subject of session tokens, whose account is {@code issuer/subject}. */
  BudgetOwner session(AccountId account, Budget budget) {
    String[] names = account.id().split("/", 2);
    String namespace =
        snapshot.settings().issuers().stream()
            .filter(issuer -> issuer.name().equals(names[0]))
            .map(SessionIssuer::namespace)
            .findFirst()
            .orElse("");
    return new BudgetOwner(account, namespace, names[1], budget);
  }

  int size() {
    return all.size();
  }

  /** In an order that stays for one snapshot. */
  BudgetOwner at(int index) {
    return all.get(index);
  }
}
