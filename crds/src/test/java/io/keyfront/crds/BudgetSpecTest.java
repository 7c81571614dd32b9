package io.keyfront.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetSpecTest {
  @Test
  void usdIsReadToTheNanoDollar() {
    assertThat(new BudgetSpec("0.050000001", null, "Day", "Allow").budget())
        .isEqualTo(
            new Budget(
                OptionalLong.of(50_000_001L),
                OptionalLong.empty(),
                Window.DAY,
                OnLedgerLoss.ALLOW));
  }

  @Test
  void aBudgetIsInTotalAndDeniesOnLedgerLossUnlessItSaysOtherwise() {
    Budget budget = new BudgetSpec(null, 1000L, null, null).budget();

    assertThat(budget.window()).isEqualTo(Window.TOTAL);
    assertThat(budget.onLedgerLoss()).isEqualTo(OnLedgerLoss.DENY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1.", ".5", "1e3", "0.0000000001", "9007200", "10000000", "1,5"})
  void textsThatAreNoAmountAreWrong(String usd) {
    assertThat(new BudgetSpec(usd, null, null, null).problems())
        .extracting(Problem::field)
        .containsExactly("usd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.05", "9007199", "9007199.254740991"})
  void amountsStayWhatTheyAre(String usd) {
    BudgetSpec spec = new BudgetSpec(usd, null, "Total", "Deny");

    assertThat(spec.problems()).isEmpty();
    assertThat(BudgetSpec.of(spec.budget())).isEqualTo(spec);
  }
}
