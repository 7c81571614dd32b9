package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Estimate;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.NextStep;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call asking for room until it is told yes or no. Lives on one event loop. */
final class Asking {
  private static final long LOOK_AGAIN_MILLIS = 25;

  /** Others may take the room that a call was just clamped to; after so many rounds it gives up. */
  private static final int MOST_CLAMPS = 4;

  private final Vertx vertx;
  private final Context context;
  private final Ledger ledger;
  private final ExactCounting counting;
  private final WaitingLines lines;
  private final Permitted permitted;
  private final AccountId account;
  private final String callId;
  private final CompletableFuture<Admitted> answer = new CompletableFuture<>();

  private Estimates estimates;
  private boolean counted;
  private int number;
  private Amount amount;
  private Terms terms;
  private int clamps;
  private boolean patient = true;
  private boolean waiting;

  /** One question at a time: of two, one could be told yes after the other was told no. */
  private boolean asking;

  private @Nullable Fault refusal;

  Asking(
      Vertx vertx,
      Ledger ledger,
      ExactCounting counting,
      WaitingLines lines,
      Permitted permitted,
      Estimates estimates,
      int number) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.ledger = ledger;
    this.counting = counting;
    this.lines = lines;
    this.permitted = permitted;
    this.estimates = estimates;
    this.account = AccountId.token(permitted.targeted().routed().identified().identity().account());
    this.callId = permitted.targeted().routed().identified().received().callId();
    this.number = number;
    this.terms = estimates.terms();
    this.amount = estimates.amount();
  }

  CompletionStage<Admitted> start() {
    if (lines.isBusy(account) && estimates.estimate().isPresent()) {
      await();
    } else {
      ask();
    }
    return answer;
  }

  private void ask() {
    asking = true;
    List<Claim> claims = Claims.of(permitted, candidate());
    HoldRequest request =
        new HoldRequest(
            new HoldId(callId, number), claims, amount, Instant.now().plus(Admitting.PATIENCE));
    CompletableFuture<Admission> asked = ledger.hold(request).toCompletableFuture();
    if (asked.isDone()) {
      heard(request, asked.join());
    } else {
      var unused = asked.thenAccept(told -> context.runOnContext(turn -> heard(request, told)));
    }
  }

  private void heard(HoldRequest request, Admission admission) {
    asking = false;
    switch (admission) {
      case Admission.Admitted(Hold hold, Headroom headroom) -> admit(hold, headroom);
      case Admission.Denied(Shortage shortage) -> deny(shortage);
      case Admission.Unavailable(String detail) -> withoutLedger(request, detail);
    }
  }

  private void admit(Hold hold, Headroom headroom) {
    leave();
    answer.complete(new Admitted(permitted, number, hold, headroom, terms));
  }

  private void withoutLedger(HoldRequest request, String detail) {
    ledger.abandon(request);
    Optional<Hold> hold = LedgerLoss.hold(request, detail);
    if (hold.isPresent()) {
      admit(hold.get(), Headroom.UNLIMITED);
    } else {
      refuse(LedgerLoss.fault(detail));
    }
  }

  private void deny(Shortage shortage) {
    boolean last = isLast() || shortage.account().kind() != AccountId.Kind.CREDENTIAL;
    Optional<Estimate> smaller =
        clamps < MOST_CLAMPS && last ? estimates.terms().estimate() : Optional.empty();
    boolean countable = !counted && last && counting.isAble(permitted, candidate());
    NextStep step = NextStep.after(shortage, smaller, patient && last, countable);
    switch (step) {
      case NextStep.CountExactly() -> count();
      case NextStep.Wait() -> await();
      case NextStep.Clamp(long most) -> clamp(most, shortage);
      case NextStep.Refuse(Fault fault) when last -> refuse(fault);
      case NextStep.Refuse(Fault fault) -> {
        refusal = refusal == null ? fault : refusal;
        number++;
        ask();
      }
    }
  }

  /** Counts as a question: nobody else may ask for this call meanwhile. */
  private void count() {
    counted = true;
    asking = true;
    var unused = counting.count(permitted, candidate()).thenAccept(this::tighten);
  }

  private void tighten(OptionalLong input) {
    if (input.isPresent()) {
      estimates = estimates.withInput(input.getAsLong());
      terms = estimates.terms();
      amount = estimates.amount();
    }
    ask();
  }

  private Candidate candidate() {
    return permitted.candidates().get(number - 1);
  }

  private boolean isLast() {
    return number == permitted.candidates().size();
  }

  private void clamp(long most, Shortage shortage) {
    Optional<Terms> lowered = Clamping.lowered(estimates.terms(), permitted, most);
    if (lowered.isEmpty()) {
      clamps = MOST_CLAMPS;
      deny(shortage);
      return;
    }
    clamps++;
    terms = lowered.get();
    amount = estimates.estimate().orElseThrow().clampedTo(most).amount();
    ask();
  }

  private void refuse(Fault fault) {
    leave();
    answer.completeExceptionally(new Refused(refusal == null ? fault : refusal));
  }

  /** Stands in the line; the first in it looks again and again, the others when they move up. */
  private void await() {
    terms = estimates.terms();
    amount = estimates.amount();
    if (!lines.join(account, this)) {
      patient = false;
      ask();
      return;
    }
    if (!waiting) {
      waiting = true;
      vertx.setTimer(Admitting.PATIENCE.toMillis(), over -> giveUpWaiting());
    }
    if (lines.isFirst(account, this)) {
      vertx.setTimer(LOOK_AGAIN_MILLIS, again -> lookAgain());
    }
  }

  private void lookAgain() {
    if (waiting && patient && !asking && !answer.isDone()) {
      ask();
    }
  }

  private void giveUpWaiting() {
    patient = false;
    if (!asking && !answer.isDone()) {
      ask();
    }
  }

  void moveUp() {
    context.runOnContext(turn -> lookAgain());
  }

  private void leave() {
    if (waiting) {
      lines.leave(account, this);
    }
  }
}
