package io.keyfront.dataplane.settle;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.money.Usage;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.token.Identity;
import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.authenticate.Identified;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permits;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.dataplane.route.Routed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the record of a call from the proofs that it has gathered. */
public final class CallRecords {
  private CallRecords() {}

  /** The proofs that a call has gathered so far. */
  public record Facts(
      Received received,
      @Nullable Identified identified,
      @Nullable Routed routed,
      @Nullable Targeted targeted,
      @Nullable Admitted admitted) {}

  /**
   * What the end of a call adds to its proofs.
   *
   * @param status answered to the client, or {@link CallRecord#CLIENT_CLOSED}
   * @param costNano what was charged, in nano-USD
   * @param firstByteNanos absolute, or 0 for none
   */
  public record Ending(
      int status,
      @Nullable Fault fault,
      Optional<Usage> usage,
      Optional<String> settlement,
      Optional<Long> costNano,
      long firstByteNanos,
      long endNanos) {}

  public static CallRecord of(Facts facts, Ending ending) {
    Received received = facts.received();
    Routed routed = facts.routed();
    Targeted targeted = facts.targeted();
    Fault fault = ending.fault();
    String model = routed == null ? "" : routed.model();
    return new CallRecord(
        received.startedAt(),
        received.requestId(),
        token(facts.identified()),
        Permits.clientAddress(received),
        received.request().method().name(),
        received.target().path(),
        provider(routed, targeted),
        routed == null ? Optional.empty() : Optional.of(routed.protocol().id()),
        routed == null ? Optional.empty() : Optional.of(routed.operation().id()),
        model.isEmpty() ? Optional.empty() : Optional.of(model),
        model.isEmpty() || targeted == null
            ? Optional.empty()
            : Optional.of(targeted.target().model()),
        credential(facts.admitted()),
        targeted == null ? Optional.empty() : targeted.alias().map(AliasRule::name),
        ending.status(),
        fault == null ? Optional.empty() : Optional.of(fault.code()),
        routed != null && routed.stream(),
        ending.usage(),
        ending.endNanos() - received.startedNanos(),
        ending.firstByteNanos() == 0
            ? Optional.empty()
            : Optional.of(ending.firstByteNanos() - received.startedNanos()),
        ending.settlement(),
        ending.costNano(),
        fault == null ? "" : fault.detail());
  }

  private static Optional<String> token(@Nullable Identified identified) {
    if (identified == null) {
      return Optional.empty();
    }
    Identity identity = identified.identity();
    return Optional.of(identity.namespace() + "/" + identity.name());
  }

  private static Optional<String> provider(@Nullable Routed routed, @Nullable Targeted targeted) {
    if (targeted != null) {
      return Optional.of(targeted.provider().name());
    }
    return routed == null ? Optional.empty() : Optional.of(routed.provider());
  }

  private static Optional<String> credential(@Nullable Admitted admitted) {
    return switch (admitted == null ? null : admitted.candidate()) {
      case null -> Optional.empty();
      case Candidate.Mock mock -> Optional.empty();
      case Candidate.Keyed keyed -> Optional.of(keyed.credential().id().toString());
    };
  }
}
