package io.keyfront.dataplane.admit;

import io.keyfront.dataplane.authorize.Permitted;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.protocols.bound.Clamp;
import java.util.Optional;
import java.util.OptionalLong;

/** Lowers the maximum output of a call that would not fit otherwise. */
final class Clamping {
  private Clamping() {}

  /** The terms of the call with at most so many tokens a choice; empty where it cannot be done. */
  static Optional<Terms> lowered(Terms terms, Permitted permitted, long most) {
    Routed routed = permitted.targeted().routed();
    return routed
        .measured()
        .flatMap(
            measured ->
                Clamp.to(
                    most, routed.protocol(), measured, Clamp.ChatMaximum.MAX_COMPLETION_TOKENS))
        .map(
            splices ->
                new Terms(
                    terms.price(),
                    terms.tier(),
                    terms.estimate().map(whole -> whole.clampedTo(most)),
                    OptionalLong.of(most),
                    splices));
  }
}
