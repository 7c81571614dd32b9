package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Shortage.Measure;
import io.keyfront.core.ledger.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * DESIGN 6 once more, as naive as it can be said: a list of calls, and sums over it. It shares no
 * rule with {@code core}'s accounts, has no rates, and forgets nothing. Whoever moves its clock has
 * the real ledger touch all accounts at that moment.
 */
final class NaiveLedger {
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** What a call is at one moment. */
  enum State {
    HELD,
    /** Its lease ended: charged in full, until it is known better. */
    SWEPT,
    OVER,
    /** Given back. */
    RELEASED
  }

  /** One call, as everybody knows it. */
  static final class Call {
    private final List<Claim> claims;
    private final Amount amount;
    private final Instant admitted;
    private Instant leaseEnd;
    private Instant ended = Instant.MIN;
    private Amount charge = Amount.ZERO;
    private State state = State.HELD;

    private Call(List<Claim> claims, Amount amount, Instant admitted) {
      this.claims = claims;
      this.amount = amount;
      this.admitted = admitted;
      this.leaseEnd = admitted.plus(LEASE);
    }

    State state() {
      return state;
    }

    private boolean isOf(AccountId account) {
      return claims.stream().anyMatch(claim -> claim.account().equals(account));
    }

    private void end(State as, Amount charged, Instant now) {
      state = as;
      charge = charged;
      ended = now;
    }
  }

  /** Why there is no room. */
  sealed interface No {
    record Calls(AccountId account, long limit) implements No {}

    record Money(AccountId account, Measure measure, long limit, long spent, long held)
        implements No {}
  }

  private final Duration memory;
  private final List<Call> calls = new ArrayList<>();
  private Instant now;

  /**
   * @param memory how long a call that was swept may still be told what it used
   */
  NaiveLedger(Duration memory, Instant now) {
    this.memory = memory;
    this.now = now;
  }

  void pass(Duration time) {
    now = now.plus(time);
    for (Call call : calls) {
      if (call.state == State.HELD && !call.leaseEnd.isAfter(now)) {
        call.end(State.SWEPT, call.amount, now);
      }
    }
  }

  /** The first thing that is short, in the order of the claims; nothing where there is room. */
  List<No> shortages(List<Claim> claims, Amount amount) {
    return claims.stream().flatMap(claim -> shortages(claim, amount)).toList();
  }

  private Stream<No> shortages(Claim claim, Amount amount) {
    AccountId account = claim.account();
    Limits limits = claim.limits();
    List<No> all = new ArrayList<>();
    long running = inFlight(account);
    if (limits.concurrency().isPresent() && running + 1 > limits.concurrency().getAsLong()) {
      all.add(new No.Calls(account, limits.concurrency().getAsLong()));
    }
    if (limits.budget().isPresent()) {
      Budget budget = limits.budget().get();
      budget(account, budget, Measure.NANO_USD, budget.nanoUsd(), amount).ifPresent(all::add);
      budget(account, budget, Measure.TOKENS, budget.tokens(), amount).ifPresent(all::add);
    }
    return all.stream();
  }

  private Optional<No> budget(
      AccountId account, Budget budget, Measure measure, OptionalLong limit, Amount amount) {
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    long most = limit.getAsLong();
    long asked = of(measure, amount);
    long spent = of(measure, spent(account, budget.window()));
    long held = of(measure, held(account, budget.window()));
    boolean nothingIsAllowed = most == 0;
    boolean tooMuch = asked > 0 && spent + held + asked > most;
    return nothingIsAllowed || tooMuch
        ? Optional.of(new No.Money(account, measure, most, spent, held))
        : Optional.empty();
  }

  private static long of(Measure measure, Amount amount) {
    return measure == Measure.NANO_USD ? amount.nanoUsd() : amount.tokens();
  }

  /** It was admitted. */
  Call admitted(List<Claim> claims, Amount amount) {
    Call call = new Call(claims, amount, now);
    calls.add(call);
    return call;
  }

  /** It was given back before it was heard of. */
  Call tombstone(List<Claim> claims) {
    Call call = admitted(claims, Amount.ZERO);
    call.end(State.RELEASED, Amount.ZERO, now);
    return call;
  }

  void settle(Call call, Move.End how, Amount charge) {
    State as = how == Move.End.RELEASED ? State.RELEASED : State.OVER;
    boolean correctable = call.state == State.SWEPT && now.isBefore(call.ended.plus(memory));
    if (call.state == State.HELD || correctable) {
      call.end(as, how == Move.End.RELEASED ? Amount.ZERO : charge, now);
    }
  }

  /** Whether it is still held. */
  boolean renew(Call call) {
    call.leaseEnd = now.plus(LEASE);
    return call.state == State.HELD;
  }

  /** Whoever finds it held after a crash knows only what it may have used. */
  void doubt(Call call) {
    settle(call, Move.End.IN_DOUBT, call.amount);
  }

  /** Whether the id may not be used any more, because it is remembered. */
  boolean remembers(Call call) {
    return now.isBefore(call.ended.plus(memory));
  }

  List<Call> held() {
    return calls.stream().filter(call -> call.state == State.HELD).toList();
  }

  long inFlight(AccountId account) {
    return of(account).filter(call -> call.state == State.HELD).count();
  }

  long requests(AccountId account) {
    return of(account)
        .filter(call -> call.state == State.OVER || call.state == State.SWEPT)
        .count();
  }

  Amount spent(AccountId account, Window window) {
    return sum(in(account, window), call -> call.charge.nanoUsd(), call -> call.charge.tokens());
  }

  Amount held(AccountId account, Window window) {
    Stream<Call> held = in(account, window).filter(call -> call.state == State.HELD);
    return sum(held, call -> call.amount.nanoUsd(), call -> call.amount.tokens());
  }

  private static Amount sum(
      Stream<Call> calls, ToLongFunction<Call> nano, ToLongFunction<Call> tokens) {
    List<Call> all = calls.toList();
    return new Amount(all.stream().mapToLong(nano).sum(), all.stream().mapToLong(tokens).sum());
  }

  private Stream<Call> of(AccountId account) {
    return calls.stream().filter(call -> call.isOf(account));
  }

  private Stream<Call> in(AccountId account, Window window) {
    return of(account).filter(call -> ordinal(window, call.admitted) == ordinal(window, now));
  }

  /** Windows are numbered; the first day of 1970 was a Thursday. */
  private static long ordinal(Window window, Instant moment) {
    long seconds = moment.getEpochSecond();
    return switch (window) {
      case TOTAL -> 0;
      case HOUR -> Math.floorDiv(seconds, 3_600L);
      case DAY -> Math.floorDiv(seconds, 86_400L);
      case WEEK -> Math.floorDiv(Math.floorDiv(seconds, 86_400L) + 3, 7L);
      case MONTH ->
          YearMonth.from(moment.atZone(ZoneOffset.UTC)).getLong(ChronoField.PROLEPTIC_MONTH);
    };
  }
}
