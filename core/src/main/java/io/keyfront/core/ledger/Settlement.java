package io.keyfront.core.ledger;

import io.keyfront.core.money.Usage;

/** How a hold ends. */
public sealed interface Settlement {
  /** The name in call records and metrics. */
  String label();

  /** What is charged. */
  Amount charge();

  /**
   * The provider said what was used.
   *
   * @param charge all of it, also beyond what was held
   */
  record Known(Usage usage, Amount charge) implements Settlement {
    @Override
    public String label() {
      return "known";
    }
  }

  /** Nothing was dispatched: the hold is given back. */
  record Released() implements Settlement {
    @Override
    public String label() {
      return "released";
    }

    @Override
    public Amount charge() {
      return Amount.ZERO;
    }
  }

  /**
   * Dispatched, and what was used is unknown.
   *
   * @param proved what the part of the answer that was seen proves at least
   * @param charge the whole hold, or what the visible part bounds
   */
  record InDoubt(Usage proved, Amount charge) implements Settlement {
    @Override
    public String label() {
      return "in_doubt";
    }
  }
}
