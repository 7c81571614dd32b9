package io.keyfront.core.ledger;

import io.keyfront.core.ledger.Ceiling.Cover;
import io.keyfront.core.ledger.HeldCalls.Held;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an account whose ledger may lose data: what marks admit, and how what was lost comes
 * back. Its epoch is another one after each time that data may have been lost. Moments are
 * microseconds of the epoch, by the ledger's clock.
 */
public final class Mending {
  private static final long NEVER = Long.MIN_VALUE;

  private final Account account;
  private long ledgersEpoch;
  private long epoch;
  private long created = NEVER;
  private @Nullable Seeds seeds;

  Mending(Account account) {
    this.account = account;
  }

  /** The ledger's epoch from now on: an account of another one may lack something. */
  public void enter(long next) {
    ledgersEpoch = next;
  }

  /** After the account's windows were rolled, before its holds are swept. */
  void touched(long now) {
    if (created == NEVER) {
      created = now;
      epoch = ledgersEpoch;
    }
    if (seeds != null) {
      seeds.roll();
    }
    if (epoch != ledgersEpoch) {
      seeds().turn();
      epoch = ledgersEpoch;
    }
  }

  private Seeds seeds() {
    if (seeds == null) {
      seeds = new Seeds(account.windows());
    }
    return seeds;
  }

  /** What marks charged in all. */
  Amount seeded() {
    return seeds == null ? Amount.ZERO : seeds.charged();
  }

  /** Whether the asker's mark covers a call for which there is room. Reserves nothing. */
  public Cover cover(HoldId call, Budget budget, Ceiling ceiling, Amount amount, long now) {
    long clock = account.touch(now);
    if (!ceiling.isKept() || account.holds(call)) {
      return Cover.ROOM;
    }
    if (ceiling.end() > 0 && created > ceiling.raised()) {
      return Cover.LOST;
    }
    long money = taken(budget.window(), Shortage.Measure.NANO_USD) + amount.nanoUsd();
    long many = taken(budget.window(), Shortage.Measure.TOKENS) + amount.tokens();
    boolean free = amount.nanoUsd() == 0;
    boolean bare = amount.tokens() == 0;
    if (!ceiling.covers(clock, free ? 0 : money, bare ? 0 : many) && !(free && bare)) {
      return Cover.TOO_LOW;
    }
    boolean little =
        (!free && money > ceiling.ample().nanoUsd()) || (!bare && many > ceiling.ample().tokens());
    return little ? Cover.LITTLE : Cover.ROOM;
  }

  private long taken(Window window, Shortage.Measure measure) {
    return account.windows().spent(window, measure) + account.windows().held(window, measure);
  }

  /**
   * Holds again what was held before the loss, without asking for room. A call that is known keeps
   * what it has.
   */
  public void restore(HoldId call, Amount amount, long admitted, long now) {
    account.touch(now);
    if (account.placeAgain(call, amount, admitted)) {
      learn(amount.nanoUsd(), amount.tokens(), admitted);
    }
  }

  /**
   * Ends a call that may have ended before the loss. Whether it had is not known, so what is given
   * back now stays charged by the mark.
   *
   * @param held by the call
   */
  public void settleAgain(
      HoldId call, Settlement settlement, Amount held, long admitted, long now) {
    account.touch(now);
    Amount charge = settlement.charge();
    Held hold = account.held(call);
    EndedCalls.Swept swept = account.swept(call);
    Amount reserved = hold != null ? hold.amount() : swept != null ? swept.charged() : null;
    long moment = hold != null ? hold.admitted() : swept != null ? swept.admitted() : admitted;
    if (!account.settleOnce(call, settlement, admitted)) {
      return;
    }
    if (reserved == null) {
      learn(
          Math.min(charge.nanoUsd(), held.nanoUsd()),
          Math.min(charge.tokens(), held.tokens()),
          admitted);
    } else if (seeds != null) {
      learn(
          Math.min(0, charge.nanoUsd() - reserved.nanoUsd()),
          Math.min(0, charge.tokens() - reserved.tokens()),
          moment);
    }
  }

  private void learn(long nanoUsd, long tokens, long admitted) {
    if (nanoUsd != 0 || tokens != 0) {
      seeds().learn(nanoUsd, tokens, admitted);
    }
  }

  /**
   * Charges what a mark bounds and the account lacks. Marks of several may come in any order, late
   * and again: the account then has spent at least the highest. Never lowers spend.
   *
   * @param onlyAbsent not where the account was found after the loss
   * @return false where nothing was lost
   */
  public boolean seed(Mark mark, boolean onlyAbsent, long now) {
    long clock = account.touch(now);
    boolean whole = seeds == null && mark.epoch() == epoch && created <= mark.raised();
    if (whole || (seeds != null && onlyAbsent && seeds.found())) {
      return false;
    }
    for (Window window : Window.ALL) {
      seeds().seed(mark.at(window, Micros.instant(clock)), window);
    }
    return true;
  }

  /**
   * Takes back what marks charged.
   *
   * @param most at most so much of each
   * @return what it was in all
   */
  public Amount credit(Amount most, long now) {
    account.touch(now);
    return seeds == null ? Amount.ZERO : seeds.credit(most);
  }
}
