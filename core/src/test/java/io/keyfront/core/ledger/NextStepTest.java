package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.fault.LimitFault;
import io.keyfront.core.ledger.Shortage.Measure;
import io.keyfront.core.money.CallBound;
import io.keyfront.core.money.ServiceTier;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextStepTest {
  private static final AccountId TOKEN = AccountId.token("t");

  private static Optional<Estimate> estimate(long input, long output) {
    return Optional.of(
        Estimate.of(new CallBound(input, output, 1, 0), Optional.empty(), ServiceTier.STANDARD));
  }

  private static Shortage over(long asked, long limit, long spent, long held) {
    return new Shortage.OverBudget(
        TOKEN, Measure.TOKENS, asked, limit, spent, held, Optional.empty());
  }

  @Test
  void inputIsCountedBeforeTheOutputIsClamped() {
    assertThat(NextStep.after(over(3_000, 2_500, 0, 0), estimate(1_000, 2_000), true, true))
        .isEqualTo(new NextStep.CountExactly());
  }

  @Test
  void inputIsCountedBeforeACallWaits() {
    assertThat(NextStep.after(over(3_000, 4_000, 0, 2_000), estimate(1_000, 2_000), true, true))
        .isEqualTo(new NextStep.CountExactly());
  }

  @Test
  void onceCountedACallIsClamped() {
    assertThat(NextStep.after(over(3_000, 2_500, 0, 0), estimate(1_000, 2_000), false, false))
        .isEqualTo(new NextStep.Clamp(1_500));
  }

  @Test
  void nothingIsCountedWhereNoInputAtAllWouldFit() {
    assertThat(NextStep.after(over(3_000, 2_500, 2_300, 0), estimate(1_000, 2_000), true, true))
        .isEqualTo(
            new NextStep.Refuse(
                new LimitFault.CallTooLarge(
                    "This token", "3000 tokens", Optional.of("200 tokens"))));
  }

  @Test
  void nothingIsCountedForASpentBudget() {
    assertThat(NextStep.after(over(3_000, 2_500, 2_500, 0), estimate(1_000, 200), true, true))
        .isInstanceOf(NextStep.Refuse.class);
  }

  @Test
  void inputIsCountedWhereAMinuteHasNoRoomForItsBytes() {
    Shortage rate = new Shortage.Tokens(TOKEN, 3_000, 2_500, Optional.of(Duration.ofSeconds(1)));

    assertThat(NextStep.after(rate, estimate(1_000, 2_000), true, true))
        .isEqualTo(new NextStep.CountExactly());
  }

  @Test
  void aRateOfRequestsHasNoUseForACount() {
    Shortage rate = new Shortage.Requests(TOKEN, 1, Optional.of(Duration.ofSeconds(1)));

    assertThat(NextStep.after(rate, estimate(1_000, 2_000), true, true))
        .isInstanceOf(NextStep.Refuse.class);
  }

  @Test
  void aCountNeverRaisesAnEstimate() {
    Estimate cheap = estimate(1_000, 2_000).orElseThrow();

    assertThat(cheap.withInput(1_001)).isEqualTo(cheap);
    assertThat(cheap.withInput(400).amount().tokens()).isEqualTo(2_400);
  }
}
