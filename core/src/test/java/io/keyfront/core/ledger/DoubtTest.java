package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Doubt.Seen;
import io.keyfront.core.money.CallBound;
import io.keyfront.core.money.ServiceTier;
import io.keyfront.core.provider.Stopping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DoubtTest {
  private static final Optional<Stopping> A_HUNDRED = Optional.of(new Stopping(100));

  /** 1,000 tokens of input, 50,000 of output, two choices. */
  private static final Estimate ESTIMATE =
      Estimate.of(new CallBound(1_000, 50_000, 2, 0), Optional.empty(), ServiceTier.STANDARD);

  private static Optional<Seen> seen(OptionalLong input, long millis) {
    return Optional.of(new Seen(input, Duration.ofMillis(millis)));
  }

  private static long charged(Optional<Stopping> stopping, Optional<Seen> seen) {
    return Doubt.charge(ESTIMATE.amount(), Optional.of(ESTIMATE), stopping, seen).tokens();
  }

  @Example
  void aStreamIsChargedItsInputAndWhatCouldBeGeneratedUntilTwoSecondsLater() {
    assertThat(charged(A_HUNDRED, seen(OptionalLong.empty(), 3_005))).isEqualTo(1_000 + 2 * (501));
  }

  @Example
  void anInputThatTheStreamToldTakesThePlaceOfItsBound() {
    assertThat(charged(A_HUNDRED, seen(OptionalLong.of(10), 3_000))).isEqualTo(10 + 2 * 500);
  }

  @Example
  void aProviderThatPromisesNothingIsPaidInFull() {
    assertThat(charged(Optional.empty(), seen(OptionalLong.of(10), 0))).isEqualTo(101_000);
  }

  @Example
  void anAnswerThatWasNoStreamIsPaidInFull() {
    assertThat(charged(A_HUNDRED, Optional.empty())).isEqualTo(101_000);
  }

  @Property
  void aStreamIsNeverChargedMoreThanItsHoldNorLessThanItsTime(
      @ForAll @LongRange(min = 1, max = Stopping.MOST) long rate,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 1_000_000_000) long seconds) {
    long charged =
        charged(
            Optional.of(new Stopping(rate)),
            Optional.of(new Seen(OptionalLong.empty(), Duration.ofSeconds(seconds))));

    assertThat(charged)
        .isLessThanOrEqualTo(101_000)
        .isGreaterThanOrEqualTo(Math.min(101_000, 2 * rate));
  }
}
