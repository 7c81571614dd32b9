package io.keyfront.console.desk;

import io.keyfront.console.fault.AdminRefused;
import io.keyfront.console.fault.FieldFault;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes to a budget. Where its last limit is taken away there is no budget any more; where its
 * window or its conduct without a ledger is, the default comes back.
 *
 * @param nanoUsd 0 allows nothing
 * @param tokens 0 allows nothing
 */
public record BudgetPatch(
    Change<Long> nanoUsd,
    Change<Long> tokens,
    Change<Window> window,
    Change<OnLedgerLoss> onLedgerLoss) {
  /** Changes nothing. */
  public static final BudgetPatch NONE =
      new BudgetPatch(
          new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>());

  /** Takes the whole budget away. */
  public static final BudgetPatch REMOVE =
      new BudgetPatch(
          new Change.Remove<>(),
          new Change.Remove<>(),
          new Change.Remove<>(),
          new Change.Remove<>());

  /**
   * The budget after the change.
   *
   * @throws AdminRefused when it would say what becomes of a limit that it does not have
   */
  public Optional<Budget> applied(Optional<Budget> now) {
    OptionalLong usd = Longs.applied(nanoUsd, now.map(Budget::nanoUsd));
    OptionalLong most = Longs.applied(tokens, now.map(Budget::tokens));
    if (usd.isPresent() || most.isPresent()) {
      return Optional.of(
          new Budget(
              usd,
              most,
              window.applied(now.map(Budget::window)).orElse(Window.TOTAL),
              onLedgerLoss.applied(now.map(Budget::onLedgerLoss)).orElse(OnLedgerLoss.DENY)));
    }
    if (window instanceof Change.Become || onLedgerLoss instanceof Change.Become) {
      throw new FieldFault.Invalid("budget", "budget has no limit: write usd, tokens or both.")
          .refused();
    }
    return Optional.empty();
  }
}
