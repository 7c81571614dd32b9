package io.keyfront.core.ledger;

import io.keyfront.core.money.Usage;

/** How a hold ends. */
public sealed interface Settlement {
  /** The name in call records and metrics. */
  String label();

  /** The provider said what was used. */
  record Known(Usage usage) implements Settlement {
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
  }

  /**
   * Dispatched, and what was used is unknown.
   *
   * @param proved what the part of the answer that was seen proves at least
   */
  record InDoubt(Usage proved) implements Settlement {
    @Override
    public String label() {
      return "in_doubt";
    }
  }
}
