package io.keyfront.core.ledger;

import java.util.OptionalLong;

/**
 * What may be spent in one window. 0 allows nothing, absent is without limit.
 *
 * @param nanoUsd at most {@link Amount#MOST}
 * @param tokens input and output, at most {@link Amount#MOST}
 */
public record Budget(
    OptionalLong nanoUsd, OptionalLong tokens, Window window, OnLedgerLoss onLedgerLoss) {
  /**
   * @throws IllegalArgumentException when a limit is out of range, or there is none
   */
  public Budget {
    if (nanoUsd.isEmpty() && tokens.isEmpty()) {
      throw new IllegalArgumentException("A budget without a limit: give USD, tokens or both.");
    }
    require(nanoUsd, "USD");
    require(tokens, "tokens");
  }

  private static void require(OptionalLong limit, String unit) {
    if (limit.isPresent() && (limit.getAsLong() < 0 || limit.getAsLong() > Amount.MOST)) {
      throw new IllegalArgumentException(
          "A budget of %d (%s): give 0 to %d.".formatted(limit.getAsLong(), unit, Amount.MOST));
    }
  }
}
