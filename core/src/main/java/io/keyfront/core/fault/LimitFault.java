package io.keyfront.core.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A limit or a budget has no room. What time heals is 429 and may be sent again; what it does not
 * is 402, and clients must stop.
 */
public sealed interface LimitFault extends Fault {
  @Override
  default FaultKind kind() {
    return FaultKind.POLICY;
  }

  /** Whose limit: {@code This token}, {@code Provider openai}. */
  String whose();

  /**
   * Too much within a minute.
   *
   * @param what {@code requests} or {@code tokens}
   * @param limit per minute
   */
  record RateLimited(String whose, String what, long limit, Duration retryAfter)
      implements LimitFault {
    @Override
    public String code() {
      return "rate_limited";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public Retry retry() {
      return new Retry.After(retryAfter);
    }

    @Override
    public String message() {
      return "%s may use %d %s a minute. Send the call again after the time in Retry-After."
          .formatted(whose, limit, what);
    }
  }

  /**
   * As many calls as may be are under way.
   *
   * @param limit calls at one time
   */
  record TooManyCalls(String whose, long limit) implements LimitFault {
    /** Long enough for some call to end, short enough not to leave the place empty. */
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    @Override
    public String code() {
      return "too_many_calls";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public Retry retry() {
      return new Retry.After(A_WHILE);
    }

    @Override
    public String message() {
      return "%s may have %d calls under way at one time. Send the call again when one has ended."
          .formatted(whose, limit);
    }
  }

  /**
   * Nothing is left.
   *
   * @param limit with its unit: {@code 0.05 USD}; absent where others spend it too, whose affair it
   *     is
   * @param windowEnds when there will be room again; absent where there never will
   */
  record BudgetExhausted(String whose, Optional<String> limit, Optional<Instant> windowEnds)
      implements LimitFault {
    @Override
    public String code() {
      return "budget_exhausted";
    }

    @Override
    public int status() {
      return 402;
    }

    @Override
    public Retry retry() {
      return Retry.NEVER;
    }

    @Override
    public String message() {
      return limit
              .map(amount -> whose + " has spent its budget of " + amount + ".")
              .orElseGet(() -> whose + " has spent the budget that all its tokens share.")
          + windowEnds
              .map(" The next window begins at %s; until then ask its owner for more."::formatted)
              .orElse(" Ask its owner for more.");
    }
  }

  /**
   * There is room but for what calls under way may still use.
   *
   * @param held with its unit; absent where others hold it too
   */
  record BudgetHeld(String whose, Optional<String> held, Duration retryAfter)
      implements LimitFault {
    @Override
    public String code() {
      return "budget_held";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public Retry retry() {
      return new Retry.After(retryAfter);
    }

    @Override
    public String message() {
      return "%s has enough budget for this call once the calls under way have ended, which hold %s. Send the call again in a moment."
          .formatted(whose, held.map(amount -> amount + " of it").orElse("the rest of it"));
    }
  }

  /**
   * The call may use more than is left, even with nothing under way.
   *
   * @param asked the most that it may use, with its unit
   * @param fits the largest that would fit, with its unit; absent where it would tell what others
   *     spend
   */
  record CallTooLarge(String whose, String asked, Optional<String> fits) implements LimitFault {
    @Override
    public String code() {
      return "call_too_large";
    }

    @Override
    public int status() {
      return 402;
    }

    @Override
    public Retry retry() {
      return Retry.NEVER;
    }

    @Override
    public String message() {
      String account = whose.substring(0, 1).toLowerCase(Locale.ROOT) + whose.substring(1);
      return "This call may use up to %s; %s. Send less input, ask for a smaller maximum output, or ask its owner for more."
          .formatted(
              asked,
              fits.map(amount -> "the largest that fits " + account + " is " + amount)
                  .orElseGet(
                      () -> "that is more than " + account + " has left for all its tokens"));
    }
  }

  /** The model has no price, and a budget in USD must know what a call costs. */
  record Unpriced(String provider, String model) implements LimitFault {
    @Override
    public String whose() {
      return "This token";
    }

    @Override
    public String code() {
      return "model_unpriced";
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public Retry retry() {
      return Retry.NEVER;
    }

    @Override
    public String message() {
      return "Model %s:%s has no price, and a budget that it counts against is in USD. Ask an administrator to give it one under prices in KeyfrontSettings, or use a model with a price."
          .formatted(provider, model);
    }
  }
}
