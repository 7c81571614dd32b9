package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Estimate;
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
 * @param estimate that its hold was made from; absent where no limit asks for one
 * @param clampedTo its maximum output, where it had to be lowered; tokens a choice
 * @param clamp the edits that lower it
 */
public record Terms(
    Optional<ModelPrice> price,
    ServiceTier tier,
    Optional<Estimate> estimate,
    OptionalLong clampedTo,
    List<Splice> clamp) {
  /** Of a call that makes nothing that costs. */
  public static final Terms FREE =
      new Terms(
          Optional.empty(),
          ServiceTier.STANDARD,
          Optional.empty(),
          OptionalLong.empty(),
          List.of());

  static Terms of(Optional<ModelPrice> price, ServiceTier tier, Optional<Estimate> estimate) {
    return new Terms(price, tier, estimate, OptionalLong.empty(), List.of());
  }

  /**
   * What usage comes to.
   *
   * @param served the service tier that the answer names; absent where it names none
   */
  public Amount charge(Usage usage, Optional<String> served) {
    long nano =
        price.map(known -> Cost.nanoUsd(known, usage, ServiceTier.billed(tier, served))).orElse(0L);
    long tokens = Math.max(0, usage.totalInput()) + Math.max(0, usage.output());
    return new Amount(nano, tokens < 0 ? Amount.MOST : tokens);
  }
}
