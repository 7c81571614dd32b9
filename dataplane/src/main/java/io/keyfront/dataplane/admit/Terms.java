package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.money.Cost;
import io.keyfront.core.money.ModelPrice;
import io.keyfront.core.money.ServiceTier;
import io.keyfront.core.money.Usage;
import io.keyfront.protocols.body.Splice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * On what terms a call was admitted.
 *
 * @param price absent where the model has none: then nothing is charged but tokens
 * @param clampedTo its maximum output, where it had to be lowered; tokens a choice
 * @param clamp the edits that lower it
 */
public record Terms(
    Optional<ModelPrice> price, ServiceTier tier, OptionalLong clampedTo, List<Splice> clamp) {
  /** Of a call that makes nothing that costs. */
  public static final Terms FREE =
      new Terms(Optional.empty(), ServiceTier.STANDARD, OptionalLong.empty(), List.of());

  static Terms of(Optional<ModelPrice> price, ServiceTier tier) {
    return new Terms(price, tier, OptionalLong.empty(), List.of());
  }

  /** What usage comes to. */
  public Amount charge(Usage usage) {
    long nano =
        price
            .map(known -> Cost.nanoUsd(known, usage, ServiceTier.billed(tier, Optional.empty())))
            .orElse(0L);
    long tokens = Math.max(0, usage.totalInput()) + Math.max(0, usage.output());
    return new Amount(nano, tokens < 0 ? Amount.MOST : tokens);
  }
}
