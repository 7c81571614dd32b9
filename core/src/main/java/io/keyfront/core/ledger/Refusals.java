package io.keyfront.core.ledger;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.LimitFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Says to callers what an account lacked. */
public final class Refusals {
  /** A call under way mostly ends within this time. */
  static final Duration TYPICAL_CALL = Duration.ofSeconds(2);

  private static final int NANO_DIGITS = 9;

  private Refusals() {}

  /** The fault that a shortage is answered with. */
  public static Fault of(Shortage shortage) {
    String whose = whose(shortage.account());
    return switch (shortage) {
      case Shortage.Requests rate ->
          rate.retryAfter()
              .<Fault>map(time -> new LimitFault.RateLimited(whose, "requests", rate.limit(), time))
              .orElseGet(
                  () -> new LimitFault.CallTooLarge(whose, "1 request", Optional.of("0 requests")));
      case Shortage.Tokens rate ->
          rate.retryAfter()
              .<Fault>map(time -> new LimitFault.RateLimited(whose, "tokens", rate.limit(), time))
              .orElseGet(
                  () ->
                      new LimitFault.CallTooLarge(
                          whose,
                          rate.asked() + " tokens",
                          Optional.of(rate.limit() + " tokens a minute")));
      case Shortage.Concurrency calls -> new LimitFault.TooManyCalls(whose, calls.limit());
      case Shortage.OverBudget over -> overBudget(whose, over);
      case Shortage.TooLate late ->
          new CapacityFault.LedgerUnavailable("The ledger heard of the call too late.");
    };
  }

  private static Fault overBudget(String whose, Shortage.OverBudget over) {
    if (over.left() == 0) {
      return new LimitFault.BudgetExhausted(whose, own(over, over.limit()), over.windowEnds());
    }
    return over.asked() <= over.left()
        ? new LimitFault.BudgetHeld(whose, own(over, over.held()), TYPICAL_CALL)
        : new LimitFault.CallTooLarge(
            whose, text(over.measure(), over.asked()), own(over, over.left()));
  }

  /** What others have spent of a budget that they share is not for every caller to know. */
  private static Optional<String> own(Shortage.OverBudget over, long amount) {
    return over.account().kind() == AccountId.Kind.TOKEN
        ? Optional.of(text(over.measure(), amount))
        : Optional.empty();
  }

  private static String whose(AccountId account) {
    return switch (account.kind()) {
      case TOKEN -> "This token";
      case CREDENTIAL -> "Credential " + account.id();
      case PROVIDER -> "Provider " + account.id();
      case EVERYTHING -> "This proxy";
    };
  }

  private static String text(Shortage.Measure measure, long amount) {
    return switch (measure) {
      case NANO_USD -> usd(amount) + " USD";
      case TOKENS -> amount + " tokens";
    };
  }

  /** Nano-USD as a decimal text: {@code 0.05}. */
  public static String usd(long nanoUsd) {
    return nanoUsd == 0
        ? "0"
        : BigDecimal.valueOf(nanoUsd, NANO_DIGITS).stripTrailingZeros().toPlainString();
  }
}
