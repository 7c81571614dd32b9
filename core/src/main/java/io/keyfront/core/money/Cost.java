package io.keyfront.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a call costs, in nano-USD, rounded up once. No amount exceeds {@link #MOST}, so that a
 * provider that counts nonsense cannot wrap a sum.
 */
public final class Cost {
  /**
   * The most that one call is charged, in nano-USD: nine million USD, which is still a whole number
   * in a double (and so in Redis's scripts).
   */
  public static final long MOST = 9_000_000_000_000_000L;

  private static final int NANO_DIGITS = 9;

  private Cost() {}

  /**
   * What a call cost. What the provider says itself counts; otherwise each kind of token at its own
   * price. Tokens of which {@code usage} does not tell whether they were text or images cost the
   * dearer of the two.
   *
   * @param billed the service tier of the answer; {@code ANY} is the dearest
   */
  public static long nanoUsd(ModelPrice price, Usage usage, ServiceTier billed) {
    Optional<BigDecimal> said = usage.providerCost().filter(cost -> cost.signum() >= 0);
    if (said.isPresent()) {
      return nano(said.get());
    }
    long pico = 0;
    for (RateSteps steps : price.billedIn(billed)) {
      pico = Math.max(pico, tokens(steps.at(promptTokens(usage)), usage));
    }
    return nano(PicoUsd.plus(pico, calls(price, usage.webSearches())));
  }

  /**
   * The most that a call within a bound can cost: at least {@link #nanoUsd} of every usage within
   * it (without a provider's own word), whatever a cache does, at every long-context price that it
   * can reach and every service tier that it may be billed at. Never falls when the bound grows.
   *
   * @param requested the service tier that the request asks for
   */
  public static long ceiling(ModelPrice price, CallBound bound, ServiceTier requested) {
    long pico = 0;
    for (RateSteps steps : price.asking(requested)) {
      for (Rates rates : steps.upTo(bound.inputTokens())) {
        pico = Math.max(pico, dearest(rates, bound));
      }
    }
    return nano(PicoUsd.plus(pico, calls(price, bound.webSearches())));
  }

  private static long dearest(Rates rates, CallBound bound) {
    return PicoUsd.plus(
        PicoUsd.times(bound.inputTokens(), rates.dearestInput()),
        PicoUsd.times(bound.totalOutput(), rates.dearestOutput()));
  }

  private static long tokens(Rates rates, Usage usage) {
    long plainInput = rest(usage.input(), usage.audioInput());
    long plainOutput = rest(usage.output(), TokenSum.of(usage.reasoning(), usage.audioOutput()));
    long sum = 0;
    sum = PicoUsd.plus(sum, dearer(rates, plainInput, TokenKind.INPUT, TokenKind.IMAGE_INPUT));
    sum = PicoUsd.plus(sum, at(rates, usage.audioInput(), TokenKind.AUDIO_INPUT));
    sum = PicoUsd.plus(sum, at(rates, usage.cacheRead(), TokenKind.CACHE_READ));
    sum = PicoUsd.plus(sum, at(rates, usage.cacheWrite5m(), TokenKind.CACHE_WRITE_5M));
    sum = PicoUsd.plus(sum, at(rates, usage.cacheWrite1h(), TokenKind.CACHE_WRITE_1H));
    sum = PicoUsd.plus(sum, dearer(rates, plainOutput, TokenKind.OUTPUT, TokenKind.IMAGE_OUTPUT));
    sum = PicoUsd.plus(sum, at(rates, usage.reasoning(), TokenKind.REASONING));
    return PicoUsd.plus(sum, at(rates, usage.audioOutput(), TokenKind.AUDIO_OUTPUT));
  }

  private static long at(Rates rates, long tokens, TokenKind kind) {
    return PicoUsd.times(tokens, rates.of(kind));
  }

  private static long dearer(Rates rates, long tokens, TokenKind one, TokenKind other) {
    return PicoUsd.times(tokens, Math.max(rates.of(one), rates.of(other)));
  }

  /** What is left of a whole; parts that sum up to more than the whole are all charged. */
  private static long rest(long whole, long parts) {
    return Math.max(0, Math.max(0, whole) - Math.max(0, parts));
  }

  /** Every prompt token, also those of an audio part that claims to be larger than the whole. */
  private static long promptTokens(Usage usage) {
    return TokenSum.of(
        TokenSum.of(Math.max(usage.input(), usage.audioInput()), usage.cacheRead()),
        TokenSum.of(usage.cacheWrite5m(), usage.cacheWrite1h()));
  }

  private static long calls(ModelPrice price, long webSearches) {
    return PicoUsd.plus(
        price.perRequest(), PicoUsd.times(webSearches, price.webSearch().orElse(0)));
  }

  private static long nano(long pico) {
    return Math.min(MOST, Math.ceilDiv(pico, PicoUsd.PER_NANO));
  }

  /** Looks at the size first: a scale from outside must not become a number of a billion digits. */
  private static long nano(BigDecimal usd) {
    long digitsBefore = (long) usd.precision() - usd.scale();
    if (usd.signum() == 0) {
      return 0;
    }
    if (digitsBefore < -NANO_DIGITS) {
      return 1;
    }
    return digitsBefore > NANO_DIGITS
        ? MOST
        : usd.movePointRight(NANO_DIGITS)
            .setScale(0, RoundingMode.CEILING)
            .min(BigDecimal.valueOf(MOST))
            .longValueExact();
  }
}
