package io.keyfront.ledger.local;

import static io.keyfront.ledger.local.Calls.CREDENTIAL;
import static io.keyfront.ledger.local.Calls.PROVIDER;
import static io.keyfront.ledger.local.Calls.TOKEN;
import static io.keyfront.ledger.local.Calls.admitted;
import static io.keyfront.ledger.local.Calls.budget;
import static io.keyfront.ledger.local.Calls.done;
import static io.keyfront.ledger.local.Calls.known;
import static io.keyfront.ledger.local.Calls.request;
import static io.keyfront.ledger.local.Calls.spent;
import static io.keyfront.ledger.local.Calls.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.money.Usage;
import io.keyfront.core.money.UsageTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalLedgerTest {
  private Instant now = Calls.START;
  private final LocalLedger ledger = LocalLedger.inMemory(() -> now);

  @Test
  void callIsCountedOnItsAccountsAndInTheSumOfAll() {
    done(ledger.settle(admitted(ledger, request("a", Limits.NONE, 9)), known(7)));

    assertThat(List.of(TOKEN, CREDENTIAL, PROVIDER, AccountId.EVERYTHING))
        .allSatisfy(
            account -> {
              assertThat(spent(ledger, account)).isEqualTo(7);
              assertThat(standing(ledger, account).totals())
                  .isEqualTo(new UsageTotals(1, 60, 40, 0, Optional.of(now)));
            });
    assertThat(ledger.inFlight()).isZero();
  }

  @Test
  void shortageOfOneAccountReservesNothingOnAnother() {
    Claim roomy = new Claim(TOKEN, Limits.NONE.withConcurrency(5));
    Claim full = new Claim(PROVIDER, Limits.NONE.withConcurrency(0));
    HoldRequest request =
        new HoldRequest(new HoldId("a", 1), List.of(roomy, full), new Amount(1, 1), Instant.MAX);

    Admission admission = done(ledger.hold(request));

    assertThat(admission).isEqualTo(new Admission.Denied(new Shortage.Concurrency(PROVIDER, 0)));
    assertThat(standing(ledger, TOKEN).inFlight()).isZero();
    assertThat(ledger.inFlight()).isZero();
  }

  @Test
  void requestAfterItsDeadlineIsTooLate() {
    HoldRequest late =
        new HoldRequest(
            new HoldId("a", 1),
            List.of(new Claim(TOKEN, Limits.NONE)),
            Amount.ZERO,
            now.minusMillis(1));

    assertThat(done(ledger.hold(late)))
        .isEqualTo(new Admission.Denied(new Shortage.TooLate(TOKEN)));
  }

  @Test
  void askingAgainIsAnsweredWithWhatTheCallHas() {
    Hold first = admitted(ledger, request("a", budget(10), 6));
    now = now.plusSeconds(5);

    Hold again = admitted(ledger, request("a", budget(10), 3));

    assertThat(again).isEqualTo(first);
  }

  @Test
  void askingAgainReservesNothingMore() {
    admitted(ledger, request("a", budget(10), 6));

    admitted(ledger, request("a", budget(10), 6));

    assertThat(ledger.inFlight()).isEqualTo(1);
    assertThat(done(ledger.hold(request("b", budget(10), 6)))).isInstanceOf(Admission.Denied.class);
  }

  @Test
  void settlingAgainChangesNothing() {
    Hold hold = admitted(ledger, request("a", budget(10), 6));
    done(ledger.settle(hold, known(5)));

    done(ledger.settle(hold, known(5)));
    done(ledger.settle(hold, new Settlement.Released()));

    assertThat(spent(ledger, TOKEN)).isEqualTo(5);
    assertThat(spent(ledger, AccountId.EVERYTHING)).isEqualTo(5);
  }

  @Test
  void abandonedRequestHoldsNothingAndIsTooLateWhenHeardAgain() {
    HoldRequest request = request("a", budget(10), 6);
    admitted(ledger, request);

    done(ledger.abandon(request));

    assertThat(ledger.inFlight()).isZero();
    assertThat(spent(ledger, TOKEN)).isZero();
    assertThat(done(ledger.hold(request)))
        .isEqualTo(new Admission.Denied(new Shortage.TooLate(TOKEN)));
  }

  @Test
  void requestAbandonedBeforeItIsHeardIsTooLate() {
    HoldRequest request = request("a", budget(10), 6);

    done(ledger.abandon(request));

    assertThat(done(ledger.hold(request)))
        .isEqualTo(new Admission.Denied(new Shortage.TooLate(AccountId.EVERYTHING)));
  }

  @Test
  void sweepChargesWhatNobodyRenewed() {
    admitted(ledger, request("a", budget(10), 6));

    now = now.plus(Duration.ofSeconds(60));
    ledger.sweep();

    assertThat(ledger.inFlight()).isZero();
    assertThat(spent(ledger, TOKEN)).isEqualTo(6);
    assertThat(standing(ledger, AccountId.EVERYTHING).totals().inDoubt()).isEqualTo(1);
  }

  @Test
  void accountIsSweptAgainAfterItWasQuiet() {
    done(ledger.settle(admitted(ledger, request("a", Limits.NONE, 6)), known(1)));
    ledger.sweep();
    admitted(ledger, request("b", Limits.NONE, 6));

    now = now.plus(Duration.ofSeconds(60));
    ledger.sweep();

    assertThat(ledger.inFlight()).isZero();
    assertThat(spent(ledger, TOKEN)).isEqualTo(7);
  }

  @Test
  void lateSettlementCorrectsTheSweep() {
    Hold hold = admitted(ledger, request("a", budget(10), 6));
    now = now.plus(Duration.ofSeconds(61));
    ledger.sweep();

    done(ledger.settle(hold, known(2)));

    assertThat(spent(ledger, TOKEN)).isEqualTo(2);
    assertThat(spent(ledger, AccountId.EVERYTHING)).isEqualTo(2);
    assertThat(standing(ledger, TOKEN).totals().inDoubt()).isZero();
  }

  @Test
  void renewedHoldOutlivesItsLeaseAndALostOneIsTold() {
    Hold renewed = admitted(ledger, request("a", budget(100), 6));
    Hold lost = admitted(ledger, request("b", budget(100), 7));
    now = now.plus(Duration.ofSeconds(50));
    assertThat(done(ledger.renew(List.of(renewed)))).isEmpty();

    now = now.plus(Duration.ofSeconds(50));
    ledger.sweep();
    done(ledger.renew(List.of(renewed)));
    now = now.plus(Duration.ofSeconds(59));
    done(ledger.renew(List.of(renewed)));
    now = now.plus(Duration.ofSeconds(2));

    assertThat(done(ledger.renew(List.of(renewed, lost)))).containsExactly(lost.id());
    assertThat(spent(ledger, TOKEN)).isEqualTo(7);
  }

  @Test
  void aHoldThatIsRenewedLateIsHeldAgainAndSweptLikeAnyOther() {
    Hold late = admitted(ledger, request("a", budget(100), 6));
    now = now.plus(Duration.ofSeconds(61));
    ledger.sweep();
    assertThat(spent(ledger, TOKEN)).isEqualTo(6);

    assertThat(done(ledger.renew(List.of(late)))).isEmpty();

    assertThat(spent(ledger, TOKEN)).isZero();
    assertThat(standing(ledger, TOKEN).inFlight()).isEqualTo(1);
    now = now.plus(Duration.ofSeconds(61));
    ledger.sweep();
    assertThat(ledger.inFlight()).isZero();
    assertThat(spent(ledger, TOKEN)).isEqualTo(6);
  }

  @Test
  void headroomIsThatOfTheFirstAccount() {
    var admission =
        (Admission.Admitted)
            done(ledger.hold(request("a", Limits.NONE.withRequestsPerMinute(10), 6)));

    assertThat(admission.headroom().requests().orElseThrow().remaining()).isEqualTo(9);
  }

  @Test
  void clockThatGoesBackRefusesNobody() {
    admitted(ledger, request("a", budget(100), 6));
    now = now.minusSeconds(30);
    HoldRequest prompt =
        new HoldRequest(
            new HoldId("b", 1),
            List.of(new Claim(TOKEN, budget(100))),
            new Amount(6, 1),
            now.plusSeconds(5));

    Hold hold = admitted(ledger, prompt);

    assertThat(hold.admittedAt()).isEqualTo(Calls.START);
  }

  @Test
  void accountBeyondTheBoundIsNotCountedAndNotLimited() {
    LocalLedger small = new LocalLedger(() -> now, new Book(LocalLedger.RULES), ChangeLog.NONE, 3);

    done(small.settle(admitted(small, request("a", Limits.NONE, 9)), known(7)));

    assertThat(spent(small, TOKEN)).isEqualTo(7);
    assertThat(spent(small, PROVIDER)).isZero();
    assertThat(spent(small, AccountId.EVERYTHING)).isEqualTo(7);
  }

  @Test
  void accountBeyondTheBoundThatHasLimitsIsUnavailable() {
    LocalLedger small = new LocalLedger(() -> now, new Book(LocalLedger.RULES), ChangeLog.NONE, 1);

    Admission admission = done(small.hold(request("a", budget(10), 9)));

    assertThat(admission)
        .isInstanceOfSatisfying(
            Admission.Unavailable.class,
            full ->
                assertThat(full.detail())
                    .contains("1: the account of token default/agent cannot be limited"));
    assertThat(small.inFlight()).isZero();
  }

  @Test
  void accountThatWasNeverUsedStandsAtNothing() {
    assertThat(standing(ledger, TOKEN).totals()).isEqualTo(UsageTotals.NONE);
    assertThat(spent(ledger, TOKEN)).isZero();
  }

  @Test
  void doubtIsChargedAndItsProofCounted() {
    Hold hold = admitted(ledger, request("a", budget(10), 6));

    done(ledger.settle(hold, new Settlement.InDoubt(Usage.of(2, 1), hold.amount())));

    assertThat(standing(ledger, TOKEN).totals())
        .isEqualTo(new UsageTotals(1, 2, 1, 1, Optional.of(now)));
    assertThat(spent(ledger, TOKEN)).isEqualTo(6);
  }
}
