package io.keyfront.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RecordingLedgerTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final AccountId TOKEN = AccountId.token("uid-1");
  private static final AccountId CREDENTIAL = AccountId.credential("default/env-openai");

  private final RecordingLedger ledger = new RecordingLedger(CLOCK, Map.of());

  @Test
  void everyCallIsAdmittedAndItsHoldStaysOpenUntilItSettles() {
    var admission = done(ledger.hold(request("call-1", 1)));

    assertThat(admission)
        .isEqualTo(new Admission.Admitted(new Hold("call-1", 1, List.of(TOKEN, CREDENTIAL))));
    assertThat(ledger.openHolds()).isEqualTo(1);
    assertThat(totals(TOKEN)).isEqualTo(UsageTotals.NONE);
  }

  @Test
  void knownUsageCountsOnEveryAccountOfTheHoldAndInTheSumOfAll() {
    var hold = hold("call-1", 1);

    settle(hold, new Settlement.Known(Usage.of(100, 20)));

    var once = new UsageTotals(1, 100, 20, 0, Optional.of(NOON));
    assertThat(totals(TOKEN)).isEqualTo(once);
    assertThat(totals(CREDENTIAL)).isEqualTo(once);
    assertThat(totals(AccountId.EVERYTHING)).isEqualTo(once);
    assertThat(totals(AccountId.token("uid-2"))).isEqualTo(UsageTotals.NONE);
    assertThat(ledger.openHolds()).isZero();
  }

  @Test
  void releasedHoldCountsNothing() {
    var hold = hold("call-1", 1);

    settle(hold, new Settlement.Released());

    assertThat(ledger.recorded()).isEmpty();
    assertThat(ledger.openHolds()).isZero();
  }

  @Test
  void callInDoubtCountsWithWhatIsProved() {
    var hold = hold("call-1", 1);

    settle(hold, new Settlement.InDoubt(Usage.of(100, 7)));

    assertThat(totals(TOKEN)).isEqualTo(new UsageTotals(1, 100, 7, 1, Optional.of(NOON)));
  }

  /** FACTS 4.10: a failed stream released its hold twice. */
  @Test
  void secondSettlementOfTheSameHoldChangesNothing() {
    var hold = hold("call-1", 1);
    settle(hold, new Settlement.Known(Usage.of(100, 20)));

    settle(hold, new Settlement.Known(Usage.of(100, 20)));
    settle(hold, new Settlement.InDoubt(Usage.of(1, 1)));
    settle(hold, new Settlement.Released());

    assertThat(totals(TOKEN)).isEqualTo(new UsageTotals(1, 100, 20, 0, Optional.of(NOON)));
    assertThat(ledger.openHolds()).isZero();
  }

  @Test
  void usageThatIsKnownAfterTheReleaseDoesNotCount() {
    var hold = hold("call-1", 1);
    settle(hold, new Settlement.Released());

    settle(hold, new Settlement.Known(Usage.of(100, 20)));

    assertThat(totals(TOKEN)).isEqualTo(UsageTotals.NONE);
  }

  @Test
  void attemptsOfOneCallSettleEachOnItsOwn() {
    var first = hold("call-1", 1);
    var second = hold("call-1", 2);

    settle(first, new Settlement.Released());
    settle(second, new Settlement.Known(Usage.of(100, 20)));

    assertThat(totals(TOKEN).requests()).isEqualTo(1);
    assertThat(ledger.openHolds()).isZero();
  }

  @Test
  void repeatedRequestForTheSameHoldIsOneHold() {
    hold("call-1", 1);
    var again = hold("call-1", 1);

    settle(again, new Settlement.Known(Usage.of(100, 20)));

    assertThat(ledger.openHolds()).isZero();
    assertThat(totals(TOKEN).requests()).isEqualTo(1);
  }

  @Test
  void settlementOfAHoldThatNobodyAskedForChangesNothing() {
    settle(new Hold("stranger", 1, List.of(TOKEN)), new Settlement.Known(Usage.of(100, 20)));

    assertThat(ledger.recorded()).isEmpty();
  }

  @Test
  void ledgerGoesOnFromWhatWasRecordedBefore() {
    settle(hold("call-1", 1), new Settlement.Known(Usage.of(100, 20)));

    var restarted = new RecordingLedger(CLOCK, ledger.recorded());
    var admitted = (Admission.Admitted) done(restarted.hold(request("call-2", 1)));
    restarted.settle(admitted.hold(), new Settlement.Known(Usage.of(1, 1)));

    assertThat(done(restarted.totals(TOKEN)))
        .isEqualTo(new UsageTotals(2, 101, 21, 0, Optional.of(NOON)));
    assertThat(totals(TOKEN).requests()).isEqualTo(1);
  }

  @Test
  void accountsBeyondTheBoundCountInTheSumOfAllOnly() {
    Map<AccountId, UsageTotals> full = new HashMap<>();
    for (int i = 0; i < RecordingLedger.MAX_ACCOUNTS; i++) {
      full.put(AccountId.token("old-" + i), UsageTotals.NONE);
    }
    var crowded = new RecordingLedger(CLOCK, full);
    var old = AccountId.token("old-7");
    var request = new HoldRequest("call-1", 1, List.of(TOKEN, old), NOON);
    var admitted = (Admission.Admitted) done(crowded.hold(request));

    crowded.settle(admitted.hold(), new Settlement.Known(Usage.of(100, 20)));

    assertThat(done(crowded.totals(TOKEN))).isEqualTo(UsageTotals.NONE);
    assertThat(done(crowded.totals(old)).requests()).isEqualTo(1);
    assertThat(done(crowded.totals(AccountId.EVERYTHING)).requests()).isEqualTo(1);
    assertThat(crowded.recorded()).hasSize(RecordingLedger.MAX_ACCOUNTS + 1);
  }

  private UsageTotals totals(AccountId account) {
    return done(ledger.totals(account));
  }

  private Hold hold(String callId, int attempt) {
    return ((Admission.Admitted) done(ledger.hold(request(callId, attempt)))).hold();
  }

  private void settle(Hold hold, Settlement settlement) {
    assertThat(ledger.settle(hold, settlement)).isCompleted();
  }

  private static HoldRequest request(String callId, int attempt) {
    return new HoldRequest(callId, attempt, List.of(TOKEN, CREDENTIAL), NOON.plusSeconds(5));
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
