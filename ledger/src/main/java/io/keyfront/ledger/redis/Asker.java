package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Ceiling;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Standing;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.HoldOperation.Reply;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks for a hold, and again where a mark had to be raised first. */
final class Asker {
  /** Others may take the room that a mark was raised for; after so many rounds it gives up. */
  private static final int MOST_ROUNDS = 50;

  /** For a disk that does not answer: of all rounds together. */
  static final long RAISE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Pipeline pipeline;
  private final ServerClock clock;
  private final Clock local;
  private final Marks marks;
  private final Raising raising;
  private final Consumer<AccountId> lost;
  private final Runnable unopened;

  /**
   * What was answered.
   *
   * @param fresh whether the room was given by this request, and not already by an earlier one
   * @param redis what the call has waited for it, in nanoseconds
   * @param marks what it has waited for these
   */
  record Answer(HoldRequest request, Admission admission, boolean fresh, long redis, long marks) {
    Spent spent() {
      return new Spent(redis, marks);
    }
  }

  /**
   * What a call has waited for, in nanoseconds: none waits longer for Redis than for one answer,
   * however often it is asked.
   *
   * @param redis for its answers
   * @param marks to be raised
   */
  record Spent(long redis, long marks) {
    static final Spent NOTHING = new Spent(0, 0);

    /** What is left for marks. */
    long marksLeft() {
      return Math.max(1, RAISE_NANOS - marks);
    }

    Spent raisedSince(long before) {
      return new Spent(redis, marks + System.nanoTime() - before);
    }
  }

  /**
   * @param lost hears of accounts that are not there, though they have a mark
   * @param unopened hears that nobody has said when budgets are open
   */
  Asker(
      Pipeline pipeline,
      ServerClock clock,
      Clock local,
      Marks marks,
      Raising raising,
      Consumer<AccountId> lost,
      Runnable unopened) {
    this.pipeline = pipeline;
    this.clock = clock;
    this.local = local;
    this.marks = marks;
    this.raising = raising;
    this.lost = lost;
    this.unopened = unopened;
  }

  /**
   * @param before what the call has waited for before it asks this
   */
  CompletableFuture<Answer> ask(HoldRequest request, Spent before) {
    return ask(request, MOST_ROUNDS, before);
  }

  private CompletableFuture<Answer> ask(HoldRequest request, int rounds, Spent before) {
    HoldOperation operation =
        new HoldOperation(
            request, request.claims().stream().map(this::ceiling).toList(), clock, before.redis());
    pipeline.submit(operation);
    return operation
        .reply()
        .thenCompose(
            reply -> {
              long waited = operation.waited();
              return switch (reply) {
                case Reply.Told(Admission admission, boolean fresh, List<Claim> low) -> {
                  low.forEach(this::raiseAhead);
                  yield CompletableFuture.completedFuture(
                      new Answer(request, admission, fresh, waited, before.marks()));
                }
                case Reply.TooLow(Claim claim, Standing now) ->
                    again(request, claim, now, rounds, new Spent(waited, before.marks()));
                case Reply.Lost(AccountId account) -> {
                  lost.accept(account);
                  yield unavailable(request, "Redis lost an account, which is being put right");
                }
                case Reply.Unopened() -> {
                  unopened.run();
                  yield unavailable(request, "Redis was replaced or emptied: budgets are closed");
                }
              };
            });
  }

  private static CompletableFuture<Answer> unavailable(HoldRequest request, String why) {
    return CompletableFuture.completedFuture(
        new Answer(request, new Admission.Unavailable(why), false, 0, 0));
  }

  private Ceiling ceiling(Claim claim) {
    if (claim.limits().budget().isEmpty() || !marks.kept()) {
      return Ceiling.NONE;
    }
    Budget budget = claim.limits().budget().get();
    return marks.of(claim.account()).map((Mark mark) -> mark.under(budget)).orElse(Ceiling.UNKNOWN);
  }

  private void raiseAhead(Claim claim) {
    claim.limits().budget().ifPresent(budget -> raising.ahead(claim.account(), budget));
  }

  private CompletableFuture<Answer> again(
      HoldRequest request, Claim claim, Standing now, int rounds, Spent spent) {
    if (rounds == 0 || local.instant().isAfter(request.deadline())) {
      return unavailable(
          request, "the mark of " + claim.account().words() + " was not raised in time");
    }
    Amount asked = request.amount();
    long before = System.nanoTime();
    return raising
        .raise(claim.limits().budget().orElseThrow(), now, asked)
        .toCompletableFuture()
        .copy()
        .orTimeout(spent.marksLeft(), TimeUnit.NANOSECONDS)
        .handle((raised, failure) -> failure)
        .thenCompose(
            failure ->
                failure == null
                    ? ask(request, rounds - 1, spent.raisedSince(before))
                    : unavailable(
                        request,
                        "the mark of %s cannot be raised: %s"
                            .formatted(claim.account().words(), Failures.sentence(failure))));
  }

  /** The hold of an admission; null where there is none. */
  static @org.jspecify.annotations.Nullable Hold holdOf(Admission admission) {
    return switch (admission) {
      case Admission.Admitted(Hold hold, var headroom) -> hold;
      case Admission.Denied denied -> null;
      case Admission.Unavailable unavailable -> null;
    };
  }
}
