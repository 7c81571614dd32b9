package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.ledger.redis.Asker.Answer;
import io.keyfront.ledger.redis.Asker.Spent;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import io.keyfront.ledger.redis.SettleOperation.Kind;
import io.keyfront.ledger.redis.SettleOperation.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Calls whose accounts are in different slots: asked one after the other, in the order of the
 * claims, so the token's comes first. A proxy that dies between leaves holds that their leases end.
 */
final class ClusterCalls {
  private static final long MINUTE = 60_000_000L;

  private final Asker asker;
  private final Pipeline pipeline;
  private final Keeper keeper;
  private final ServerClock clock;
  private final Account.Rules rules;
  private final Clock local;

  ClusterCalls(
      Asker asker,
      Pipeline pipeline,
      Keeper keeper,
      ServerClock clock,
      Account.Rules rules,
      Clock local) {
    this.asker = asker;
    this.pipeline = pipeline;
    this.keeper = keeper;
    this.clock = clock;
    this.rules = rules;
    this.local = local;
  }

  CompletableFuture<Admission> hold(HoldRequest request) {
    return next(request, List.of());
  }

  /** Asks the account after those that had room. */
  private CompletableFuture<Admission> next(HoldRequest request, List<Answer> given) {
    Spent before = given.isEmpty() ? Spent.NOTHING : given.getLast().spent();
    return asker
        .ask(only(request, given.size()), before)
        .thenCompose(
            answer ->
                switch (answer.admission()) {
                  case Admission.Admitted admitted -> {
                    List<Answer> more = Stream.concat(given.stream(), Stream.of(answer)).toList();
                    yield more.size() < request.claims().size()
                        ? next(request, more)
                        : CompletableFuture.completedFuture(
                            all(request, more.getFirst().admission()));
                  }
                  case Admission.Denied denied -> withdraw(request, given, denied);
                  case Admission.Unavailable unavailable ->
                      CompletableFuture.completedFuture(unavailable);
                });
  }

  private static HoldRequest only(HoldRequest request, int claim) {
    List<Claim> one = List.of(request.claims().get(claim));
    return new HoldRequest(request.id(), one, request.amount(), request.deadline());
  }

  private static Admission all(HoldRequest request, Admission first) {
    return switch (first) {
      case Admission.Admitted(Hold hold, var headroom) ->
          new Admission.Admitted(
              new Hold(hold.id(), request.accounts(), hold.amount(), hold.admittedAt()), headroom);
      case Admission.Denied denied -> denied;
      case Admission.Unavailable unavailable -> unavailable;
    };
  }

  /**
   * Takes back what this request was given, before it is refused: it may be asked again. If that is
   * not acknowledged it never may: a withdrawal that came late would take the new hold.
   */
  private CompletableFuture<Admission> withdraw(
      HoldRequest request, List<Answer> answers, Admission.Denied denied) {
    List<AccountId> given =
        answers.stream()
            .filter(Answer::fresh)
            .map(answer -> answer.request().accounts().getFirst())
            .toList();
    CompletableFuture<?>[] taken =
        given.stream().map(account -> withdraw(request, account)).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(taken)
        .handle((all, failure) -> failure == null ? denied : burnt(request, given));
  }

  private CompletableFuture<Outcome> withdraw(HoldRequest request, AccountId account) {
    SettleOperation operation =
        new SettleOperation(
            Ending.released(request.id(), List.of(account), Kind.WITHDRAWN),
            pipeline.gates().epoch(account),
            unanswered ->
                unanswered.done().completeExceptionally(new IllegalStateException("no answer")));
    pipeline.submit(operation);
    return operation.done();
  }

  private Admission burnt(HoldRequest request, List<AccountId> given) {
    for (AccountId account : given) {
      keeper.keep(Ending.released(request.id(), List.of(account), Kind.RELEASED));
    }
    return new Admission.Unavailable("what other accounts held could not be taken back");
  }

  /** Each account for itself; then the sum of all calls, if the first account counted this one. */
  CompletableFuture<Void> settle(Ending ending) {
    List<CompletableFuture<Outcome>> outcomes =
        ending.accounts().stream()
            .map(account -> keeper.keep(only(ending, account)).toCompletableFuture())
            .toList();
    CompletableFuture<?> sum = outcomes.getFirst().thenCompose(outcome -> sum(ending, outcome));
    return CompletableFuture.allOf(
        Stream.concat(outcomes.stream(), Stream.of(sum)).toArray(CompletableFuture[]::new));
  }

  private static Ending only(Ending ending, AccountId account) {
    return with(ending, account, ending.admitted());
  }

  private static Ending with(Ending ending, AccountId account, long admitted) {
    return new Ending(
        ending.call(),
        List.of(account),
        ending.kind(),
        ending.charge(),
        ending.input(),
        ending.output(),
        admitted,
        false,
        ending.held());
  }

  /**
   * The account of everything remembers ended calls itself, so a repetition is not counted twice.
   * It knows of no hold, so a call that took longer than its memory must not look forgotten.
   */
  private CompletableFuture<?> sum(Ending ending, Outcome outcome) {
    if (outcome == Outcome.FORGOTTEN || ending.kind() == Kind.RELEASED) {
      return CompletableFuture.completedFuture(outcome);
    }
    long oldest = clock.byServer(local.instant()) - BatchWriter.micros(rules.memory()) + MINUTE / 2;
    return keeper
        .keep(with(ending, AccountId.EVERYTHING, Math.max(ending.admitted(), oldest)))
        .toCompletableFuture();
  }
}
