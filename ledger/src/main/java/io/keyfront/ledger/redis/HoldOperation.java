package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Gcra;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Window;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Asks for room. */
final class HoldOperation extends Operation {
  private static final int CODE = 1;

  private final HoldRequest request;
  private final ServerClock clock;
  private final CompletableFuture<Admission> admission = new CompletableFuture<>();

  private volatile boolean fresh;

  HoldOperation(HoldRequest request, ServerClock clock) {
    this.request = request;
    this.clock = clock;
  }

  /** Whether the room was given by this request, and not already by an earlier one. */
  boolean fresh() {
    return fresh;
  }

  CompletableFuture<Admission> admission() {
    return admission;
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
        .number(amount.tokens());
    for (Claim claim : request.claims()) {
      write(out, claim.limits());
    }
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
  void answer(ByteBuffer reply, long now) {
    int outcome = (int) reply.getDouble();
    long[] numbers = new long[5];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (long) reply.getDouble();
    }
    fresh = outcome == 0 && numbers[4] != 0;
    admission.complete(
        switch (outcome) {
          case 0 -> admitted(numbers[0], numbers[1], numbers[2], numbers[3]);
          case 1 -> denied((int) numbers[0], (int) numbers[1], numbers);
          default ->
              new Admission.Unavailable(
                  "the holds of %s would exceed 2^53 nano-USD or tokens"
                      .formatted(request.accounts().get((int) numbers[0])));
        });
  }

  private Admission admitted(long admitted, long now, long requests, long tokens) {
    Hold hold =
        new Hold(request.id(), request.accounts(), request.amount(), State.instant(admitted));
    Limits limits = request.claims().getFirst().limits();
    Optional<Headroom.Rate> requestRate = rate(limits.requestsPerMinute(), requests, now);
    Optional<Headroom.Rate> tokenRate = rate(limits.tokensPerMinute(), tokens, now);
    boolean unlimited = requestRate.isEmpty() && tokenRate.isEmpty();
    return new Admission.Admitted(
        hold, unlimited ? Headroom.UNLIMITED : new Headroom(requestRate, tokenRate));
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
        budget.window().end(State.instant(numbers[4])));
  }

  private static Optional<Duration> retryAfter(long micros) {
    return micros < 0 ? Optional.empty() : Optional.of(micros(micros));
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }

  @Override
  void fail(String why) {
    admission.complete(new Admission.Unavailable(why));
  }
}
