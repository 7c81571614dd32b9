package io.keyfront.core.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A ledger that passes on to another one all that its subclass does not see to itself. */
public abstract class ForwardingLedger implements Ledger {
  private final Ledger ledger;

  protected ForwardingLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The one that it passes on to. */
  protected final Ledger ledger() {
    return ledger;
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    return ledger.hold(request);
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    return ledger.settle(hold, settlement);
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    return ledger.abandon(request);
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    return ledger.renew(open);
  }

  @Override
  public Duration lease() {
    return ledger.lease();
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    return ledger.standing(account);
  }

  @Override
  public CompletionStage<Amount> credit(AccountId account, Amount most) {
    return ledger.credit(account, most);
  }
}
