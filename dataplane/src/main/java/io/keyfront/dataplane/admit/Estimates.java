package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.LimitFault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Estimate;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.money.ModelPrice;
import io.keyfront.core.money.ServiceTier;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.scope.Target;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.protocols.bound.AskedFor;
import io.keyfront.protocols.bound.Bounds;
import io.keyfront.protocols.bound.ModelLimits;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a call may cost, looked up and bounded once for all its candidates.
 *
 * @param estimate absent where no limit asks for it
 */
record Estimates(Terms terms, Optional<Estimate> estimate) {
  private static final Estimates NOTHING = new Estimates(Terms.FREE, Optional.empty());

  /**
   * @throws Refused when the model has no price and a limit in USD wants one, or the call runs on
   *     where nobody can count it
   */
  static Estimates of(Permitted permitted) {
    Routed routed = permitted.targeted().routed();
    if (routed.operation() != Operation.GENERATE) {
      return NOTHING;
    }
    Target target = permitted.targeted().target();
    Optional<ModelPrice> price =
        routed
            .identified()
            .received()
            .snapshot()
            .settings()
            .prices()
            .find(target.provider(), target.model());
    Optional<AskedFor> asked = routed.measured().map(measured -> measured.asked());
    ServiceTier tier = ServiceTier.requested(asked.flatMap(AskedFor::serviceTier));
    if (asked.isEmpty() || limits(permitted).noneMatch(Limits::needBound)) {
      return of(price, tier, Optional.empty());
    }
    if (price.isEmpty() && limits(permitted).anyMatch(Limits::needPrice)) {
      throw new Refused(new LimitFault.Unpriced(target.provider(), target.model()));
    }
    if (asked.get().background()) {
      throw new Refused(RequestFault.backgroundRefused());
    }
    ModelLimits limits =
        ModelLimits.of(
            target.model(),
            wide(price.map(ModelPrice::contextWindow)),
            wide(price.map(ModelPrice::maxOutput)));
    return of(price, tier, Optional.of(Estimate.of(Bounds.of(asked.get(), limits), price, tier)));
  }

  private static Estimates of(
      Optional<ModelPrice> price, ServiceTier tier, Optional<Estimate> estimate) {
    return new Estimates(Terms.of(price, tier, estimate), estimate);
  }

  /** The same for an input that was counted. */
  Estimates withInput(long tokens) {
    return of(terms.price(), terms.tier(), estimate.map(cheap -> cheap.withInput(tokens)));
  }

  /** What the call asks the ledger for, as long as it is not made smaller. */
  Amount amount() {
    return estimate.map(Estimate::amount).orElse(Amount.ZERO);
  }

  private static OptionalLong wide(Optional<OptionalInt> limit) {
    OptionalInt known = limit.orElse(OptionalInt.empty());
    return known.isPresent() ? OptionalLong.of(known.getAsInt()) : OptionalLong.empty();
  }

  private static Stream<Limits> limits(Permitted permitted) {
    Stream<Limits> candidates =
        permitted.candidates().stream()
            .flatMap(
                candidate ->
                    switch (candidate) {
                      case Candidate.Mock mock -> Stream.empty();
                      case Candidate.Keyed keyed -> Stream.of(keyed.credential().limits());
                    });
    return Stream.concat(
        Stream.of(
            permitted.targeted().routed().identified().identity().limits(),
            permitted.targeted().provider().limits()),
        candidates);
  }
}
