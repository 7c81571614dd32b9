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
  private static final Limits ALLOWING = budget(OnLedgerLoss.ALLOW);
  private static final Limits DENYING = budget(OnLedgerLoss.DENY);

  private static Limits budget(OnLedgerLoss mode) {
    return Limits.of(new Budget(OptionalLong.empty(), OptionalLong.of(1), Window.TOTAL, mode));
  }

  private static Optional<Hold> hold(Limits token, Limits credential, Limits provider) {
    return LedgerLoss.hold(
        new HoldRequest(
            new HoldId("call", 1),
            List.of(
                new Claim(AccountId.token("t"), token),
                new Claim(AccountId.credential("default/c"), credential),
                new Claim(AccountId.provider("openai"), provider)),
            Amount.ZERO,
            Instant.EPOCH),
        "away");
  }

  @Test
  void aCallWithoutAnyBudgetIsServed() {
    assertThat(hold(Limits.NONE, Limits.NONE.withConcurrency(1), Limits.NONE)).isPresent();
  }

  @Test
  void aCallIsServedWhereEveryBudgetAllowsIt() {
    assertThat(hold(ALLOWING, Limits.NONE, ALLOWING)).isPresent();
  }

  @Test
  void oneBudgetThatDeniesIsEnoughWhosesoeverItIs() {
    assertThat(hold(DENYING, Limits.NONE, ALLOWING)).isEmpty();
    assertThat(hold(ALLOWING, DENYING, Limits.NONE)).isEmpty();
    assertThat(hold(Limits.NONE, Limits.NONE, DENYING)).isEmpty();
  }

  @Test
  void aSliceThatNobodyChargedBeforehandServesNobody() {
    assertThat(hold(budget(OnLedgerLoss.LEASE), Limits.NONE, ALLOWING)).isEmpty();
  }
}
