package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Ceiling;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Gcra;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks for room. */
final class HoldOperation extends Operation {
  private static final int CODE = 1;

  private final HoldRequest request;
  private final ServerClock clock;
  private final List<Ceiling> ceilings;
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  /** What the script says. */
  sealed interface Reply {
    /**
     * Yes or no.
     *
     * @param fresh whether the room was given by this request, and not already by an earlier one
     * @param low those whose mark should be raised soon
     */
    record Told(Admission admission, boolean fresh, List<Claim> low) implements Reply {}

    /** An account's mark must be raised first; nothing was reserved. */
    record TooLow(Claim claim, Standing now) implements Reply {}

    /** An account has a mark and is not there; nothing was reserved. */
    record Lost(AccountId account) implements Reply {}

    /** Nobody has said when budgets are open; nothing was reserved. */
    record Unopened() implements Reply {}
  }

  /**
   * @param ceilings one for each claim
   * @param waited for Redis already by the call, in nanoseconds
   */
  HoldOperation(HoldRequest request, List<Ceiling> ceilings, ServerClock clock, long waited) {
    super(waited);
    this.request = request;
    this.ceilings = ceilings;
    this.clock = clock;
  }

  CompletableFuture<Reply> reply() {
    return reply;
  }

  @Override
  List<AccountId> accounts() {
    return request.accounts();
  }

  @Override
  void write(BatchWriter out) {
    Amount amount = request.amount();
    out.command(CODE, request.id(), request.accounts())
        .number(clock.byServer(request.deadline()))
        .number(amount.nanoUsd())
        .number(amount.tokens())
        .opening();
    for (int i = 0; i < ceilings.size(); i++) {
      Limits limits = request.claims().get(i).limits();
      write(out, limits);
      if (limits.budget().isPresent()) {
        write(out, ceilings.get(i));
      }
    }
  }

  private static void write(BatchWriter out, Ceiling ceiling) {
    boolean kept = ceiling.end() >= 0;
    out.number(kept ? ceiling.most().nanoUsd() : -1)
        .number(ceiling.most().tokens())
        .number(ceiling.ample().nanoUsd())
        .number(ceiling.ample().tokens())
        .number(ceiling.start())
        .number(ceiling.end())
        .number(ceiling.raised());
  }

  private static void write(BatchWriter out, Limits limits) {
    Optional<Budget> budget = limits.budget();
    out.number(orNone(budget.map(Budget::nanoUsd).orElse(OptionalLong.empty())))
        .number(orNone(budget.map(Budget::tokens).orElse(OptionalLong.empty())))
        .number(budget.map(each -> Window.ALL.indexOf(each.window())).orElse(0))
        .number(orNone(limits.requestsPerMinute()))
        .number(orNone(limits.tokensPerMinute()))
        .number(orNone(limits.concurrency()));
  }

  private static long orNone(OptionalLong limit) {
    return limit.orElse(-1);
  }

  @Override
  void answer(ByteBuffer answer, long now) {
    int outcome = (int) answer.getDouble();
    long[] numbers = new long[5];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (long) answer.getDouble();
    }
    reply.complete(
        switch (outcome) {
          case 0 -> room(numbers, answer);
          case 1 -> told(denied((int) numbers[0], (int) numbers[1], numbers));
          case 3 -> tooLow(request.claims().get((int) numbers[0]), answer);
          case 4 -> new Reply.Lost(request.accounts().get((int) numbers[0]));
          case 5 -> told(closed(numbers[1] - now));
          case 6 -> new Reply.Unopened();
          default ->
              told(
                  new Admission.Unavailable(
                      "the holds of %s would exceed 2^53 nano-USD or tokens"
                          .formatted(request.accounts().get((int) numbers[0]))));
        });
  }

  /** A call that had room before has what it asked for then. */
  private Reply room(long[] numbers, ByteBuffer answer) {
    boolean fresh = numbers[4] % 2 == 1;
    Amount amount =
        fresh ? request.amount() : new Amount((long) answer.getDouble(), (long) answer.getDouble());
    Hold hold = new Hold(request.id(), request.accounts(), amount, Micros.instant(numbers[0]));
    return new Reply.Told(
        new Admission.Admitted(hold, headroom(numbers[1], numbers[2], numbers[3])),
        fresh,
        low(numbers[4]));
  }

  @Override
  boolean isRefusedAt(Gate gate) {
    long nanos = gate.shutFor();
    if (nanos <= 0 || request.claims().stream().allMatch(HoldOperation::isFree)) {
      return false;
    }
    reply.complete(
        nanos == Gate.UNTIL_TOLD
            ? new Reply.Unopened()
            : told(closed(TimeUnit.NANOSECONDS.toMicros(nanos))));
    return true;
  }

  private static boolean isFree(Claim claim) {
    return claim.limits().budget().isEmpty();
  }

  private static Reply told(Admission admission) {
    return new Reply.Told(admission, false, List.of());
  }

  private static Reply tooLow(Claim claim, ByteBuffer state) {
    return new Reply.TooLow(claim, State.read(claim.account(), state));
  }

  private static Admission closed(long micros) {
    return new Admission.Unavailable(
        "budgets are closed for another %d ms, as Redis was replaced or lost data"
            .formatted(micros / 1000));
  }

  private List<Claim> low(long flags) {
    if (flags < 2) {
      return List.of();
    }
    List<Claim> low = new ArrayList<>();
    for (int i = 0; i < ceilings.size(); i++) {
      if ((flags >> (i + 1)) % 2 == 1) {
        low.add(request.claims().get(i));
      }
    }
    return low;
  }

  private Headroom headroom(long now, long requests, long tokens) {
    Limits limits = request.claims().getFirst().limits();
    Optional<Headroom.Rate> requestRate = rate(limits.requestsPerMinute(), requests, now);
    Optional<Headroom.Rate> tokenRate = rate(limits.tokensPerMinute(), tokens, now);
    boolean unlimited = requestRate.isEmpty() && tokenRate.isEmpty();
    return unlimited ? Headroom.UNLIMITED : new Headroom(requestRate, tokenRate);
  }

  private static Optional<Headroom.Rate> rate(OptionalLong limit, long arrival, long now) {
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    long most = limit.getAsLong();
    return Optional.of(
        new Headroom.Rate(most, Gcra.left(arrival, now, most), micros(Math.max(0, arrival - now))));
  }

  /** The numbers begin with the claim's index and the kind of shortage. */
  private Admission denied(int index, int kind, long[] numbers) {
    Claim claim = request.claims().get(index);
    AccountId account = claim.account();
    Limits limits = claim.limits();
    return new Admission.Denied(
        switch (kind) {
          case 0 ->
              new Shortage.Requests(
                  account, limits.requestsPerMinute().orElseThrow(), retryAfter(numbers[2]));
          case 1 ->
              new Shortage.Tokens(
                  account,
                  request.amount().tokens(),
                  limits.tokensPerMinute().orElseThrow(),
                  retryAfter(numbers[2]));
          case 2 -> new Shortage.TooLate(account);
          case 3 -> new Shortage.Concurrency(account, limits.concurrency().orElseThrow());
          case 4 -> over(claim, Shortage.Measure.NANO_USD, numbers);
          case 5 -> over(claim, Shortage.Measure.TOKENS, numbers);
          default -> throw new IllegalStateException("No shortage " + kind);
        });
  }

  private Shortage over(Claim claim, Shortage.Measure measure, long[] numbers) {
    Budget budget = claim.limits().budget().orElseThrow();
    Amount asked = request.amount();
    boolean money = measure == Shortage.Measure.NANO_USD;
    return new Shortage.OverBudget(
        claim.account(),
        measure,
        money ? asked.nanoUsd() : asked.tokens(),
        (money ? budget.nanoUsd() : budget.tokens()).orElseThrow(),
        numbers[2],
        numbers[3],
        budget.window().end(Micros.instant(numbers[4])));
  }

  private static Optional<Duration> retryAfter(long micros) {
    return micros < 0 ? Optional.empty() : Optional.of(micros(micros));
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }

  @Override
  void fail(String why) {
    reply.complete(told(new Admission.Unavailable(why)));
  }
}
