package io.keyfront.dataplane.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LedgerLossTest {
  private static final Amount AMOUNT = new Amount(600, 10);

  private static Limits budget(OnLedgerLoss mode) {
    return Limits.of(
        new Budget(OptionalLong.of(1_000_000), OptionalLong.empty(), Window.TOTAL, mode));
  }

  private static Optional<Hold> hold(Limits token, Limits credential) {
    List<Claim> claims =
        List.of(
            new Claim(AccountId.token("t"), token),
            new Claim(AccountId.credential("c"), credential));
    HoldRequest request = new HoldRequest(new HoldId("call", 1), claims, AMOUNT, Instant.EPOCH);
    return LedgerLoss.hold(request, "no connection");
  }

  @Test
  void aCallWithoutAnyBudgetGoesOnAndIsChargedLater() {
    Optional<Hold> hold = hold(Limits.NONE, Limits.NONE.withConcurrency(1));

    assertThat(hold).hasValueSatisfying(held -> assertThat(held.amount()).isEqualTo(AMOUNT));
    assertThat(hold.orElseThrow().id()).isNotEqualTo(new HoldId("call", 1));
  }

  @Test
  void aTokenWhoseBudgetAllowsGoesOn() {
    assertThat(hold(budget(OnLedgerLoss.ALLOW), Limits.NONE)).isPresent();
  }

  @Test
  void aTokenWhoseBudgetDeniesIsRefused() {
    assertThat(hold(budget(OnLedgerLoss.DENY), Limits.NONE)).isEmpty();
  }

  @Test
  void theBudgetOfACredentialDeniesATokenThatHasNone() {
    assertThat(hold(Limits.NONE, budget(OnLedgerLoss.DENY))).isEmpty();
    assertThat(hold(budget(OnLedgerLoss.ALLOW), budget(OnLedgerLoss.DENY))).isEmpty();
  }

  @Test
  void slicesThatNobodyChargedAllowNothing() {
    assertThat(hold(budget(OnLedgerLoss.LEASE), Limits.NONE)).isEmpty();
  }
}
