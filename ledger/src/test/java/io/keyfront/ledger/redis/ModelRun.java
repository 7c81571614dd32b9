package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The same moves on a ledger and on {@link NaiveLedger}: the same answers, the same sums. */
final class ModelRun {
  /** A ledger that can be killed, and whose time can be set. */
  interface Subject extends AutoCloseable {
    Ledger ledger();

    void setTime(Instant moment);

    /** Whether what was held is in doubt at once. */
    boolean crash();

    @Override
    void close();
  }

  /** A call that was asked for and what the list knows of it. */
  private record Pair(HoldRequest request, NaiveLedger.Call call, Hold hold) {}

  private final Subject subject;
  private final NaiveLedger model;
  private final String run;
  private final List<AccountId> accounts;
  private final List<Pair> pairs = new ArrayList<>();
  private Instant now;
  private int names;

  ModelRun(Subject subject, Duration memory, Instant start, String run) {
    this.subject = subject;
    this.model = new NaiveLedger(memory, start);
    this.run = run;
    this.now = start;
    this.accounts =
        List.of(
            AccountId.token("t" + run),
            AccountId.credential("c" + run),
            AccountId.provider("p" + run));
    subject.setTime(start);
  }

  void run(List<Move> moves) {
    for (Move move : moves) {
      List<Amount> before = accounts.stream().map(this::spent).toList();
      boolean mayFall = step(move);
      for (int i = 0; i < before.size(); i++) {
        compare(accounts.get(i), move);
        assertThat(mayFall || spent(accounts.get(i)).nanoUsd() >= before.get(i).nanoUsd())
            .as("spend falls only where a sweep is corrected, but after %s it fell", move)
            .isTrue();
      }
    }
  }

  /** Whether spend may have become less by it. */
  private boolean step(Move move) {
    switch (move) {
      case Move.Ask ask -> ask(ask);
      case Move.AskAgain again -> withCall(again.call(), this::askAgain);
      case Move.AbandonUnasked unasked -> abandon(unasked);
      case Move.Settle settle -> {
        return settle(settle);
      }
      case Move.Renew renew -> {
        return renew(renew.call());
      }
      case Move.Pass pass -> pass(pass.time());
      case Move.Crash crash -> crash();
    }
    return false;
  }

  private void withCall(int number, Consumer<Pair> step) {
    if (!pairs.isEmpty()) {
      step.accept(pairs.get(number % pairs.size()));
    }
  }

  private HoldRequest request(int bits, List<Limits> limits, Amount amount) {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      if ((bits & (1 << i)) != 0) {
        claims.add(new Claim(accounts.get(i), limits.get(i)));
      }
    }
    HoldId id = new HoldId(run + "-" + ++names, 1);
    return new HoldRequest(id, claims, amount, Instant.MAX);
  }

  private void ask(Move.Ask ask) {
    HoldRequest request = request(ask.accounts(), ask.limits(), ask.amount());
    List<NaiveLedger.No> shortages = model.shortages(request.claims(), request.amount());
    Admission told = answer(request);
    if (shortages.isEmpty()) {
      assertThat(told).as("%s", request).isInstanceOf(Admission.Admitted.class);
      Hold hold = ((Admission.Admitted) told).hold();
      pairs.add(new Pair(request, model.admitted(request.claims(), request.amount()), hold));
    } else {
      assertThat(told)
          .as("%s", request)
          .isInstanceOfSatisfying(
              Admission.Denied.class,
              denied -> assertThat(no(denied.shortage())).isEqualTo(shortages.getFirst()));
    }
  }

  private static NaiveLedger.No no(Shortage shortage) {
    return switch (shortage) {
      case Shortage.Concurrency calls -> new NaiveLedger.No.Calls(calls.account(), calls.limit());
      case Shortage.OverBudget over ->
          new NaiveLedger.No.Money(
              over.account(), over.measure(), over.limit(), over.spent(), over.held());
      case Shortage.Requests rate -> throw new AssertionError(rate);
      case Shortage.Tokens rate -> throw new AssertionError(rate);
      case Shortage.TooLate late -> throw new AssertionError(late);
    };
  }

  /** A busy machine may make Redis look away: asking again changes nothing. */
  private Admission answer(HoldRequest request) {
    Admission told = done(subject.ledger().hold(request));
    for (int more = 20; more > 0 && told instanceof Admission.Unavailable; more--) {
      told = done(subject.ledger().hold(request));
    }
    return told;
  }

  private Standing standing(AccountId account) {
    return patiently(() -> subject.ledger().standing(account));
  }

  /** The same for questions that fail where Redis does not answer in time. */
  private static <T> T patiently(Supplier<CompletionStage<T>> question) {
    for (int more = 20; more > 0; more--) {
      try {
        return done(question.get());
      } catch (CompletionException busy) {
        assertThat(busy).hasMessageContaining("Redis");
      }
    }
    return done(question.get());
  }

  private void askAgain(Pair pair) {
    switch (pair.call().state()) {
      case HELD ->
          assertThat(answer(pair.request()))
              .isInstanceOfSatisfying(
                  Admission.Admitted.class,
                  again -> assertThat(again.hold()).isEqualTo(pair.hold()));
      case SWEPT, RELEASED -> {
        if (model.remembers(pair.call())) {
          assertThat(answer(pair.request()))
              .isInstanceOfSatisfying(
                  Admission.Denied.class,
                  no -> assertThat(no.shortage()).isInstanceOf(Shortage.TooLate.class));
        }
      }
      case OVER -> {
        // Nobody asks again for a call that it has ended itself.
      }
    }
  }

  private void abandon(Move.AbandonUnasked unasked) {
    HoldRequest request =
        request(
            unasked.accounts(), List.of(Limits.NONE, Limits.NONE, Limits.NONE), unasked.amount());
    done(subject.ledger().abandon(request));
    Hold hold = new Hold(request.id(), request.accounts(), request.amount(), now);
    pairs.add(new Pair(request, model.tombstone(request.claims()), hold));
  }

  private boolean settle(Move.Settle settle) {
    if (pairs.isEmpty()) {
      return false;
    }
    Pair pair = pairs.get(settle.call() % pairs.size());
    boolean swept = pair.call().state() == NaiveLedger.State.SWEPT;
    if (pair.call().state() == NaiveLedger.State.RELEASED && settle.end() != Move.End.RELEASED) {
      return false; // Nobody charges a call that was given back.
    }
    Usage usage = Usage.of(settle.charge().tokens(), 0);
    Settlement settlement =
        switch (settle.end()) {
          case KNOWN -> new Settlement.Known(usage, settle.charge());
          case IN_DOUBT -> new Settlement.InDoubt(usage, settle.charge());
          case RELEASED -> new Settlement.Released();
        };
    for (int time = 0; time < settle.times(); time++) {
      done(subject.ledger().settle(pair.hold(), settlement));
    }
    model.settle(pair.call(), settle.end(), settle.charge());
    return swept;
  }

  private boolean renew(int number) {
    if (pairs.isEmpty()) {
      return false;
    }
    Pair pair = pairs.get(number % pairs.size());
    boolean swept = pair.call().state() == NaiveLedger.State.SWEPT;
    Set<HoldId> lost = patiently(() -> subject.ledger().renew(List.of(pair.hold())));
    assertThat(lost.isEmpty()).as("renewal of %s", pair).isEqualTo(model.renew(pair.call()));
    return swept;
  }

  private void pass(Duration time) {
    now = now.plus(time);
    subject.setTime(now);
    model.pass(time);
  }

  private void crash() {
    if (subject.crash()) {
      model.held().forEach(model::doubt);
    }
  }

  private Amount spent(AccountId account) {
    return standing(account).in(Window.TOTAL).spent();
  }

  private void compare(AccountId account, Move after) {
    Standing standing = standing(account);
    for (Window window : Window.ALL) {
      assertThat(standing.in(window).spent())
          .as("spent by %s in %s after %s", account, window, after)
          .isEqualTo(model.spent(account, window));
      assertThat(standing.in(window).held())
          .as("held by %s in %s after %s", account, window, after)
          .isEqualTo(model.held(account, window));
    }
    assertThat(standing.inFlight()).isEqualTo(model.inFlight(account));
    assertThat(standing.totals().requests())
        .as("requests of %s after %s", account, after)
        .isEqualTo(model.requests(account));
  }
}
