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
import java.util.function.Predicate;

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
    Optional<AskedFor> asked = routed.measured().map(measured -> measured.asked());
    ServiceTier tier = ServiceTier.requested(asked.flatMap(AskedFor::serviceTier));
    boolean bounded = asked.isPresent() && any(permitted, Limits::needBound);
    if (bounded && asked.get().background()) {
      throw new Refused(RequestFault.backgroundRefused());
    }
    Optional<AskedFor> counted = bounded ? asked : Optional.empty();
    Target target = permitted.targeted().target();
    Estimates whole = of(permitted, target, counted, tier);
    for (String model : permitted.fallbacks()) {
      whole = whole.orDearer(of(permitted, new Target(target.provider(), model), counted, tier));
    }
    return whole;
  }

  private static Estimates of(
      Permitted permitted, Target target, Optional<AskedFor> asked, ServiceTier tier) {
    Optional<ModelPrice> price =
        permitted
            .targeted()
            .routed()
            .identified()
            .received()
            .snapshot()
            .settings()
            .prices()
            .find(target.provider(), target.model());
    if (asked.isEmpty()) {
      return of(price, tier, Optional.empty());
    }
    if (price.isEmpty() && any(permitted, Limits::needPrice)) {
      throw new Refused(new LimitFault.Unpriced(target.provider(), target.model()));
    }
    ModelLimits limits =
        ModelLimits.of(
            target.model(),
            wide(price.map(ModelPrice::contextWindow)),
            wide(price.map(ModelPrice::maxOutput)));
    AskedFor whole = isOnline(target) ? asked.get().searching() : asked.get();
    return of(price, tier, Optional.of(Estimate.of(Bounds.of(whole, limits), price, tier)));
  }

  /** OpenRouter searches the web for a model of this name (its guide "Web search"). */
  private static boolean isOnline(Target target) {
    return target.provider().equals("openrouter") && target.model().endsWith(":online");
  }

  /**
   * Of two models that may answer, at the dearer price. The other may be dearer where less is asked
   * for, so the terms offer nothing to make smaller.
   */
  private Estimates orDearer(Estimates other) {
    if (estimate.isEmpty() || other.estimate.isEmpty()) {
      return this;
    }
    Estimate dearer = estimate.get().orDearer(other.estimate.get());
    return new Estimates(
        Terms.of(dearer.price(), terms.tier(), Optional.empty()), Optional.of(dearer));
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

  /** Whether a limit of the token, the provider or a candidate wants it. Once for each call. */
  private static boolean any(Permitted permitted, Predicate<Limits> wanting) {
    if (wanting.test(permitted.targeted().routed().identified().identity().limits())
        || wanting.test(permitted.targeted().provider().limits())) {
      return true;
    }
    for (Candidate candidate : permitted.candidates()) {
      if (candidate instanceof Candidate.Keyed keyed && wanting.test(keyed.credential().limits())) {
        return true;
      }
    }
    return false;
  }
}
