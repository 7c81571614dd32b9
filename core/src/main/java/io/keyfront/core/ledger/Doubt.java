package io.keyfront.core.ledger;

import io.keyfront.core.provider.Stopping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What a call is charged that was sent and whose usage nobody told: pure. */
public final class Doubt {
  /** A reset is on its way for at most so long, and so long the model may go on. */
  static final Duration AFTER_RESET = Duration.ofSeconds(2);

  private static final long MILLIS = 1_000;

  private Doubt() {}

  /**
   * An answer that was streamed, as far as it came.
   *
   * @param input tokens, where the stream told them
   * @param open since the call was sent, at least; every moment of it may have been spent
   *     generating, as thinking is not visible
   */
  public record Seen(OptionalLong input, Duration open) {}

  /**
   * All that was held; less only where the provider says that it stops on reset, and how fast it
   * generates at most, and the stream was visible.
   *
   * @param estimate that the hold was made from; absent where nothing asked for one
   * @param seen absent where the answer was no stream
   */
  public static Amount charge(
      Amount held, Optional<Estimate> estimate, Optional<Stopping> stopping, Optional<Seen> seen) {
    if (estimate.isEmpty() || stopping.isEmpty() || seen.isEmpty()) {
      return held;
    }
    Estimate whole = estimate.get();
    OptionalLong input = seen.get().input();
    Estimate known = input.isPresent() ? whole.withInput(input.getAsLong()) : whole;
    Amount most = known.clampedTo(generated(stopping.get(), seen.get().open())).amount();
    return new Amount(
        Math.min(held.nanoUsd(), most.nanoUsd()), Math.min(held.tokens(), most.tokens()));
  }

  /** Tokens of one answer, rounded up. */
  private static long generated(Stopping stopping, Duration open) {
    long millis = open.plus(AFTER_RESET).toMillis();
    return millis > Long.MAX_VALUE / Stopping.MOST - 1
        ? Long.MAX_VALUE
        : Math.ceilDiv(Math.max(0, millis) * stopping.tokensPerSecond(), MILLIS);
  }
}
