package io.keyfront.core.ledger;

import io.keyfront.core.ledger.HeldCalls.Held;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one account: who gets room, and what becomes of it. A plain state machine without a
 * clock or a lock, the same rules that the Redis ledger's script states in Lua; a property test
 * runs both. Moments are microseconds of the epoch, by the ledger's clock; time never goes back.
 *
 * <p>To ask several accounts, all or none, {@link #look} at each and {@link #place} only when none
 * is short.
 */
public final class Account {
  private final AccountId id;
  private final Rules rules;
  private final WindowBook windows = new WindowBook();

  /** In the order of their leases' ends, as every lease is equally long. */
  private final HeldCalls held = new HeldCalls();

  private final EndedCalls ended;
  private final Tally tally = new Tally();
  private final MinuteRates rates;
  private final Mending mending = new Mending(this);
  private long clock;

  /**
   * The constants of a ledger.
   *
   * @param lease how long a hold lives without being renewed
   * @param memory how long an ended call's id is remembered: longer than any retry
   * @param repeats whether a settlement may come twice, or for a hold that was lost, as over a
   *     network. Where it cannot, only calls that were swept or released or went {@link
   *     HoldId#unheard} are remembered, and a charge for another call that neither holds anything
   *     nor was swept changes nothing
   */
  public record Rules(Duration lease, Duration memory, boolean repeats) {
    public static final Rules DEFAULT =
        new Rules(Duration.ofSeconds(60), Duration.ofMinutes(15), true);

    long leaseMicros() {
      return lease.toNanos() / 1000;
    }

    long memoryMicros() {
      return memory.toNanos() / 1000;
    }
  }

  public Account(AccountId id, Rules rules) {
    this.id = id;
    this.rules = rules;
    this.rates = new MinuteRates(id);
    this.ended = new EndedCalls(rules.memoryMicros());
  }

  /** Goes on where the account of an image stopped. */
  public Account(AccountImage image, Rules rules) {
    this(image.id(), rules);
    clock = image.clock();
    windows.restore(image.windows());
    rates.restore(image.requests(), image.tokens());
    tally.restore(image.used());
    ended.restore(image.ended());
    held.restore(image.held());
  }

  public AccountId id() {
    return id;
  }

  /** All of the account, as it is. */
  public AccountImage image() {
    return new AccountImage(
        id,
        clock,
        rates.requests(),
        rates.tokens(),
        tally.image(),
        windows.image(),
        held.image(),
        ended.image());
  }

  /** The latest moment that it has seen. */
  public long lastTouched() {
    return clock;
  }

  /** When the next lease runs out; {@link Long#MAX_VALUE} while nothing is held. */
  public long nextLeaseEnd() {
    Held next = held.oldest();
    return next == null ? Long.MAX_VALUE : next.leaseEnd();
  }

  /** How much holds room, slices and what has no lease any more since the last touch included. */
  public int inFlight() {
    return held.size();
  }

  /**
   * Moves the account's clock to now, ends windows, and sweeps holds whose lease is over into
   * spend. Every other method does so first.
   *
   * @return the account's moment: now, or later where now went back
   */
  public long touch(long now) {
    clock = Math.max(clock, now);
    windows.roll(clock);
    mending.touched(now);
    ended.forget(clock);
    for (Held next = held.oldest();
        next != null && next.leaseEnd() <= clock;
        next = held.oldest()) {
      held.remove(next.call());
      sweep(next.call(), next);
    }
    return clock;
  }

  private void sweep(HoldId call, Held hold) {
    windows.giveBack(hold.amount(), hold.admitted());
    windows.spend(hold.amount(), hold.admitted());
    tally.swept(clock);
    ended.swept(call, hold.amount(), hold.admitted(), clock);
  }

  /** Whether there is room for a call; null when there is. Reserves nothing. */
  public @Nullable Shortage look(HoldId call, Limits limits, Amount amount, long now) {
    touch(now);
    if (held.contains(call)) {
      return null;
    }
    if (ended.knows(call)) {
      return new Shortage.TooLate(id);
    }
    if (limits.concurrency().isPresent() && held.calls() >= limits.concurrency().getAsLong()) {
      return new Shortage.Concurrency(id, limits.concurrency().getAsLong());
    }
    Shortage rate = rates.look(limits, amount, clock);
    if (rate != null || limits.budget().isEmpty()) {
      return rate;
    }
    Budget budget = limits.budget().get();
    Shortage money = over(budget, Shortage.Measure.NANO_USD, budget.nanoUsd(), amount.nanoUsd());
    return money != null
        ? money
        : over(budget, Shortage.Measure.TOKENS, budget.tokens(), amount.tokens());
  }

  private @Nullable Shortage over(
      Budget budget, Shortage.Measure measure, OptionalLong limit, long asked) {
    if (limit.isEmpty()) {
      return null;
    }
    Window window = budget.window();
    long most = limit.getAsLong();
    long spent = windows.spent(window, measure);
    long reserved = windows.held(window, measure);
    boolean fits = most > 0 && (asked == 0 || asked <= most - spent - reserved);
    return fits
        ? null
        : new Shortage.OverBudget(
            id, measure, asked, most, spent, reserved, window.end(Micros.instant(clock)));
  }

  /**
   * Reserves room, without asking whether there is any. A call that has room keeps what it has.
   *
   * @return whether it had none
   */
  public boolean place(HoldId call, Limits limits, Amount amount, long now) {
    touch(now);
    if (held.contains(call)) {
      return false;
    }
    long requests = MinuteRates.requestAdvance(limits);
    long tokens = MinuteRates.tokenAdvance(limits, amount);
    rates.take(requests, tokens, clock);
    windows.hold(amount);
    held.add(call, amount, clock, clock + rules.leaseMicros(), requests, tokens);
    return true;
  }

  /** What a call holds; null where it holds nothing. */
  public AccountImage.@Nullable Open open(HoldId call) {
    Held hold = held.find(call);
    return hold == null ? null : hold.image();
  }

  /**
   * Renews a hold's lease. One that ended is held again, though others may have taken its room: its
   * call goes on whatever this says, and has to count as long as it does.
   *
   * @return false when there is no such hold any more
   */
  public boolean renew(HoldId call, long now) {
    touch(now);
    return held.renew(call, clock + rules.leaseMicros()) || revive(call);
  }

  private boolean revive(HoldId call) {
    EndedCalls.Swept swept = ended.takeSwept(call);
    if (swept == null) {
      return false;
    }
    unsweep(swept);
    windows.holdAgain(swept.charged(), swept.admitted());
    held.add(call, swept.charged(), swept.admitted(), clock + rules.leaseMicros(), 0, 0);
    return true;
  }

  private void unsweep(EndedCalls.Swept swept) {
    windows.refund(swept.charged(), swept.admitted());
    tally.unswept();
  }

  /**
   * Ends a call, once: a second settlement changes nothing, but for one that comes after its hold
   * was swept and corrects it.
   *
   * @param admitted when the hold was admitted, for a call that this account does not know: it is
   *     charged if it may have been lost, and ignored if it may have been forgotten. One that went
   *     {@link HoldId#unheard} is charged however long ago it was: it had no hold to be swept
   */
  public void settle(HoldId call, Settlement settlement, long admitted, long now) {
    touch(now);
    settleOnce(call, settlement, admitted);
  }

  /** Whether it was counted. */
  boolean settleOnce(HoldId call, Settlement settlement, long admitted) {
    Held hold = held.remove(call);
    if (hold != null) {
      windows.giveBack(hold.amount(), hold.admitted());
      creditRates(hold, settlement);
      charge(hold.amount(), settlement, hold.admitted());
      remember(call, settlement);
      return true;
    }
    EndedCalls.Swept swept = ended.takeSwept(call);
    if (swept != null) {
      unsweep(swept);
      charge(swept.charged(), settlement, swept.admitted());
      remember(call, settlement);
      return true;
    }
    if (ended.knows(call) || !mayBeNew(call, settlement, admitted)) {
      return false;
    }
    charge(settlement.charge(), settlement, admitted);
    ended.settled(call, clock);
    return true;
  }

  /**
   * Whether a call that nothing is known of may be charged: if it had ended, it would be known, but
   * for one that waited for the ledger longer than that remembers.
   */
  private boolean mayBeNew(HoldId call, Settlement settlement, long admitted) {
    return settlement instanceof Settlement.Released
        || call.isUnheard()
        || (rules.repeats() && clock - admitted < rules.memoryMicros());
  }

  private void remember(HoldId call, Settlement settlement) {
    if (rules.repeats() || settlement instanceof Settlement.Released) {
      ended.settled(call, clock);
    }
  }

  /** Holds a call that is not known, as it was admitted before; false where it is known. */
  boolean placeAgain(HoldId call, Amount amount, long admitted) {
    if (held.contains(call) || ended.knows(call)) {
      return false;
    }
    windows.holdAgain(amount, admitted);
    held.add(call, amount, admitted, clock + rules.leaseMicros(), 0, 0);
    return true;
  }

  boolean holds(HoldId call) {
    return held.contains(call);
  }

  @Nullable Held held(HoldId call) {
    return held.find(call);
  }

  EndedCalls.@Nullable Swept swept(HoldId call) {
    return ended.sweptOf(call);
  }

  WindowBook windows() {
    return windows;
  }

  /** What happens to the account when its ledger loses data. */
  public Mending mending() {
    return mending;
  }

  private void charge(Amount reserved, Settlement settlement, long admitted) {
    Amount charge = settlement.charge();
    windows.spend(charge, admitted);
    tally.overrun(charge.minusOrZero(reserved));
    switch (settlement) {
      case Settlement.Released released -> {}
      case Settlement.Known(Usage usage, Amount known) -> tally.used(usage, false, clock);
      case Settlement.InDoubt(Usage proved, Amount doubt) -> tally.used(proved, true, clock);
    }
  }

  /** Tokens that were held and not used come back. */
  private void creditRates(Held hold, Settlement settlement) {
    if (settlement instanceof Settlement.Released) {
      rates.giveBackRequest(hold);
    }
    rates.giveBackTokens(hold, settlement.charge().tokens());
  }

  /** What the account's rates still allow. */
  public Headroom headroom(Limits limits, long now) {
    return rates.headroom(limits, touch(now));
  }

  /** All that is known of the account. */
  public Standing standing(long now) {
    long moment = touch(now);
    return new Standing(
        id,
        Micros.instant(moment),
        tally.totals(),
        windows.windows(moment),
        held.calls(),
        tally.overrun(),
        mending.seeded());
  }

  /** What the account used so far. */
  public UsageTotals totals() {
    return tally.totals();
  }
}
