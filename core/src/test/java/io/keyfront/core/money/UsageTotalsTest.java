package io.keyfront.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageTotalsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /** FACTS 4.6: cache tokens were free. */
  @Test
  void tokensReadFromAndWrittenToCachesCountAsInput() {
    var usage = new Usage(10, 200, 3_000, 40_000, 5, 4, 0, 0, 0, Optional.empty());

    assertThat(usage.totalInput()).isEqualTo(43_210);
    assertThat(UsageTotals.NONE.plus(usage, NOON))
        .isEqualTo(new UsageTotals(1, 43_210, 5, 0, Optional.of(NOON)));
  }

  @Test
  void reasoningIsPartOfTheOutputAndNotAddedToIt() {
    var usage = new Usage(1, 0, 0, 0, 100, 90, 0, 0, 0, Optional.empty());

    assertThat(UsageTotals.NONE.plus(usage, NOON).outputTokens()).isEqualTo(100);
  }

  @Test
  void callInDoubtCountsWithWhatIsProved() {
    var totals = UsageTotals.NONE.plus(Usage.of(10, 5), NOON);

    var doubted = totals.plusInDoubt(Usage.of(7, 0), NOON.plusSeconds(1));

    assertThat(doubted).isEqualTo(new UsageTotals(2, 17, 5, 1, Optional.of(NOON.plusSeconds(1))));
  }

  @Test
  void absurdNumbersOfAProviderNeitherThrowNorGiveAnythingBack() {
    var totals = UsageTotals.NONE.plus(Usage.of(10, 5), NOON);
    var huge = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, 1, 1, Long.MAX_VALUE, 0, 0, 0, 0, none());
    var negative = new Usage(-1, 7, Long.MIN_VALUE, 0, -5, 0, 0, 0, 0, none());

    assertThat(totals.plus(huge, NOON))
        .isEqualTo(new UsageTotals(2, Long.MAX_VALUE, Long.MAX_VALUE, 0, Optional.of(NOON)));
    assertThat(totals.plus(negative, NOON))
        .isEqualTo(new UsageTotals(2, 17, 5, 0, Optional.of(NOON)));
  }

  private static Optional<BigDecimal> none() {
    return Optional.empty();
  }
}
