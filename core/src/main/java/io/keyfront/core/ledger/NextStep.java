package io.keyfront.core.ledger;

import io.keyfront.core.fault.Fault;
import java.util.Optional;

/** What to do about a call that has no room: pure. */
public sealed interface NextStep {
  /** An answer of fewer tokens than this is of no use to anyone. */
  long USEFUL_OUTPUT = 256;

  /** Nothing helps. */
  record Refuse(Fault fault) implements NextStep {}

  /** Calls under way hold the room: one of them may end soon. */
  record Wait() implements NextStep {}

  /** Its input may be less than the bytes that stand for it: count it, and ask anew. */
  record CountExactly() implements NextStep {}

  /** It fits with its maximum output lowered to so many tokens a choice. */
  record Clamp(long most) implements NextStep {}

  /**
   * Decides: count the input where that could help, else wait for what others hold, else ask for
   * less, else refuse.
   *
   * @param estimate of the call as it was asked for; absent where it cannot be made smaller
   * @param mayWait whether there is patience left
   * @param mayCount whether the input can be counted, and was not yet
   */
  static NextStep after(
      Shortage shortage, Optional<Estimate> estimate, boolean mayWait, boolean mayCount) {
    if (mayCount && estimate.isPresent() && couldFit(shortage, estimate.get())) {
      return new CountExactly();
    }
    return switch (shortage) {
      case Shortage.OverBudget over -> overBudget(over, estimate, mayWait);
      case Shortage.Tokens rate when rate.retryAfter().isEmpty() ->
          clamped(estimate, Shortage.Measure.TOKENS, rate.limit())
              .orElseGet(() -> new Refuse(Refusals.of(rate)));
      case Shortage.Tokens rate -> new Refuse(Refusals.of(rate));
      case Shortage.Requests rate -> new Refuse(Refusals.of(rate));
      case Shortage.Concurrency calls -> new Refuse(Refusals.of(calls));
      case Shortage.TooLate late -> new Refuse(Refusals.of(late));
    };
  }

  /** Nobody is asked to count where even a call without input would not fit. */
  private static boolean couldFit(Shortage shortage, Estimate estimate) {
    return switch (shortage) {
      case Shortage.OverBudget over -> estimate.least(over.measure()) <= over.left();
      case Shortage.Tokens rate -> estimate.least(Shortage.Measure.TOKENS) <= rate.limit();
      case Shortage.Requests rate -> false;
      case Shortage.Concurrency calls -> false;
      case Shortage.TooLate late -> false;
    };
  }

  private static NextStep overBudget(
      Shortage.OverBudget over, Optional<Estimate> estimate, boolean mayWait) {
    if (over.asked() <= over.left() && mayWait) {
      return new Wait();
    }
    Optional<NextStep> now = clamped(estimate, over.measure(), over.room());
    if (now.isPresent() || over.asked() <= over.left()) {
      return now.orElseGet(() -> new Refuse(Refusals.of(over)));
    }
    if (clamped(estimate, over.measure(), over.left()).isEmpty()) {
      return new Refuse(Refusals.of(over));
    }
    return mayWait ? new Wait() : new Refuse(held(over));
  }

  private static Fault held(Shortage.OverBudget over) {
    return Refusals.of(
        new Shortage.OverBudget(
            over.account(),
            over.measure(),
            over.left(),
            over.limit(),
            over.spent(),
            over.held(),
            over.windowEnds()));
  }

  private static Optional<NextStep> clamped(
      Optional<Estimate> estimate, Shortage.Measure measure, long room) {
    return estimate
        .map(whole -> whole.largestOutput(measure, room))
        .filter(most -> most >= USEFUL_OUTPUT)
        .map(Clamp::new);
  }
}
