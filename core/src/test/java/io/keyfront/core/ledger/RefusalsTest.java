package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.LimitFault;
import io.keyfront.core.ledger.Shortage.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
  private static final AccountId TOKEN = AccountId.token("t");
  private static final Optional<Instant> MIDNIGHT =
      Optional.of(Instant.parse("2026-11-22T00:00:00Z"));

  private static Shortage over(long asked, long limit, long spent, long held) {
    return over(TOKEN, asked, limit, spent, held);
  }

  private static Shortage over(AccountId account, long asked, long limit, long spent, long held) {
    return new Shortage.OverBudget(account, Measure.NANO_USD, asked, limit, spent, held, MIDNIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 50000000, 50000000, 0, Provider openai has spent the budget that all its tokens share.",
    "30000000, 50000000, 10000000, 20000000, Provider openai has enough budget",
    "41000000, 50000000, 10000000, 0, that is more than provider openai has left"
  })
  void whatOthersSpendOfASharedBudgetIsNotTold(
      long asked, long limit, long spent, long held, String said) {
    String message =
        Refusals.of(over(AccountId.provider("openai"), asked, limit, spent, held)).message();

    assertThat(message)
        .contains(said)
        .doesNotContain("0.05 USD", "0.04 USD", "0.02 USD", "0.01 USD");
  }

  @Test
  void aSpentBudgetIsTerminalAndSaysWhenTheWindowEnds() {
    assertThat(Refusals.of(over(1, 50_000_000, 50_000_000, 0)))
        .isEqualTo(new LimitFault.BudgetExhausted("This token", Optional.of("0.05 USD"), MIDNIGHT));
  }

  @Test
  void anOverspentBudgetIsExhausted() {
    assertThat(Refusals.of(over(1, 50_000_000, 60_000_000, 0)))
        .isInstanceOf(LimitFault.BudgetExhausted.class);
  }

  @Test
  void aCallThatFitsOnlyWithoutThoseInFlightIsToldToWait() {
    assertThat(Refusals.of(over(30_000_000, 50_000_000, 10_000_000, 20_000_000)))
        .isEqualTo(
            new LimitFault.BudgetHeld(
                "This token", Optional.of("0.02 USD"), Refusals.TYPICAL_CALL));
  }

  @Test
  void aCallThatNeverFitsIsToldTheLargestThatWould() {
    assertThat(Refusals.of(over(41_000_000, 50_000_000, 10_000_000, 0)))
        .isEqualTo(new LimitFault.CallTooLarge("This token", "0.041 USD", Optional.of("0.04 USD")));
  }

  @Test
  void aRateSaysWhenToComeBack() {
    assertThat(
            Refusals.of(
                new Shortage.Requests(
                    AccountId.provider("openai"), 60, Optional.of(Duration.ofMillis(250)))))
        .isEqualTo(
            new LimitFault.RateLimited("Provider openai", "requests", 60, Duration.ofMillis(250)));
  }

  @Test
  void moreTokensThanAMinuteHasAreTerminal() {
    assertThat(Refusals.of(new Shortage.Tokens(TOKEN, 2000, 1000, Optional.empty())))
        .isInstanceOf(LimitFault.CallTooLarge.class);
  }

  @Test
  void aFullHouseMayBeTriedAgain() {
    assertThat(Refusals.of(new Shortage.Concurrency(TOKEN, 3)))
        .isEqualTo(new LimitFault.TooManyCalls("This token", 3));
  }

  @Test
  void aRequestThatCameTooLateMayBeSentAgain() {
    assertThat(Refusals.of(new Shortage.TooLate(TOKEN)))
        .isInstanceOf(CapacityFault.LedgerUnavailable.class);
  }
}
