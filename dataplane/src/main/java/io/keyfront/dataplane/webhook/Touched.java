package io.keyfront.dataplane.webhook;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accounts that calls charged, or were refused on, since the last look. Beyond the bound they
 * are not noted: the slow round finds them. Safe for use from many threads; never waits.
 */
final class Touched {
  static final int MOST = 10_000;

  private final Set<AccountId> charged = ConcurrentHashMap.newKeySet();
  private final Set<AccountId> refused = ConcurrentHashMap.newKeySet();
  private final Map<AccountId, Budget> sessions = new ConcurrentHashMap<>();

  void charged(AccountId account) {
    if (charged.size() < MOST) {
      charged.add(account);
    }
  }

  /**
   * A call of a session token asks for room under the budget that the token claims; nobody else
   * knows of it. Beyond the bound all are forgotten: each session's next call names it again.
   */
  void session(AccountId account, Budget budget) {
    if (budget.equals(sessions.get(account))) {
      return;
    }
    if (sessions.size() >= MOST) {
      sessions.clear();
    }
    sessions.put(account, budget);
  }

  /** What a session's last call claimed. */
  Optional<Budget> budgetOf(AccountId session) {
    return Optional.ofNullable(sessions.get(session));
  }

  /** A call was refused because nothing was left. */
  void refused(AccountId account) {
    if (refused.size() < MOST) {
      refused.add(account);
    }
    charged(account);
  }

  /** Some of them, which are forgotten here. */
  List<AccountId> take(int most) {
    List<AccountId> taken = new ArrayList<>();
    for (Iterator<AccountId> all = charged.iterator(); all.hasNext() && taken.size() < most; ) {
      taken.add(all.next());
      all.remove();
    }
    return taken;
  }

  /** Whether somebody was refused on an account; asked once. */
  boolean takeRefused(AccountId account) {
    return refused.remove(account);
  }
}
