package io.keyfront.core.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The shared record of spend, holds and rates. Safe for use from many threads; never blocks its
 * caller. No stage completes exceptionally but for those of {@link #standing} and {@link #credit}.
 */
public interface Ledger {
  /** Asks for room. Asking again for a call that has room changes nothing. */
  CompletionStage<Admission> hold(HoldRequest request);

  /**
   * Ends a hold, exactly once: a second settlement of the same call and attempt changes nothing,
   * but for one that corrects what was swept. Completes when the ledger has taken it; until then it
   * is kept and repeated.
   */
  CompletionStage<Void> settle(Hold hold, Settlement settlement);

  /**
   * Takes back a request for a hold that got no answer, so that nothing stays reserved if it was
   * heard after all. Completes when the ledger has acknowledged it.
   */
  CompletionStage<Void> abandon(HoldRequest request);

  /**
   * Renews the leases of holds whose calls still stream; to be called well within a lease's time.
   * One whose lease had ended is held again, and not charged, while the ledger remembers it.
   *
   * @return those that are no longer held
   */
  CompletionStage<Set<HoldId>> renew(Collection<Hold> open);

  /** How long a hold lives without being renewed. */
  Duration lease();

  /** How often to renew: two renewals may fail before the lease ends. */
  default Duration renewEvery() {
    return lease().dividedBy(3);
  }

  /** All that is known of an account. Fails where the ledger is away. */
  CompletionStage<Standing> standing(AccountId account);

  /**
   * Takes back what marks charged an account after a loss of data ({@link Standing#seeded}), where
   * its owner knows better. Fails where the ledger is away.
   *
   * @param most at most so much of each measure
   * @return what was taken back in all
   */
  CompletionStage<Amount> credit(AccountId account, Amount most);
}
