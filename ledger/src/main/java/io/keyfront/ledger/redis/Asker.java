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

  /** For a disk that does not answer. */
  private static final long RAISE_MILLIS = 1_000;

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
   */
  record Answer(HoldRequest request, Admission admission, boolean fresh) {}

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

  CompletableFuture<Answer> ask(HoldRequest request) {
    return ask(request, MOST_ROUNDS);
  }

  private CompletableFuture<Answer> ask(HoldRequest request, int rounds) {
    HoldOperation operation =
        new HoldOperation(request, request.claims().stream().map(this::ceiling).toList(), clock);
    pipeline.submit(operation);
    return operation
        .reply()
        .thenCompose(
            reply ->
                switch (reply) {
                  case Reply.Told(Admission admission, boolean fresh, List<Claim> low) -> {
                    low.forEach(this::raiseAhead);
                    yield answer(request, admission, fresh);
                  }
                  case Reply.TooLow(Claim claim, Standing now) ->
                      again(request, claim, now, rounds);
                  case Reply.Lost(AccountId account) -> {
                    lost.accept(account);
                    yield unavailable(request, "Redis lost an account, which is being put right");
                  }
                  case Reply.Unopened() -> {
                    unopened.run();
                    yield unavailable(request, "Redis was replaced or emptied: budgets are closed");
                  }
                });
  }

  private static CompletableFuture<Answer> answer(
      HoldRequest request, Admission admission, boolean fresh) {
    return CompletableFuture.completedFuture(new Answer(request, admission, fresh));
  }

  private static CompletableFuture<Answer> unavailable(HoldRequest request, String why) {
    return answer(request, new Admission.Unavailable(why), false);
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
      HoldRequest request, Claim claim, Standing now, int rounds) {
    if (rounds == 0 || local.instant().isAfter(request.deadline())) {
      return unavailable(
          request, "the mark of " + claim.account().words() + " was not raised in time");
    }
    Amount asked = request.amount();
    return raising
        .raise(claim.limits().budget().orElseThrow(), now, asked)
        .toCompletableFuture()
        .copy()
        .orTimeout(RAISE_MILLIS, TimeUnit.MILLISECONDS)
        .handle((raised, failure) -> failure)
        .thenCompose(
            failure ->
                failure == null
                    ? ask(request, rounds - 1)
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
