package io.keyfront.dataplane.settle;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Provider;
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
   * @param firstByteNanos absolute, or 0 for none
   */
  public record Ending(
      int status,
      @Nullable Fault fault,
      Optional<Usage> usage,
      Optional<String> settlement,
      long firstByteNanos,
      long endNanos) {}

  public static CallRecord of(Facts facts, Ending ending) {
    Received received = facts.received();
    Optional<Identity> identity = Optional.ofNullable(facts.identified()).map(Identified::identity);
    Optional<Routed> routed = Optional.ofNullable(facts.routed());
    Optional<Targeted> targeted = Optional.ofNullable(facts.targeted());
    Fault fault = ending.fault();
    return new CallRecord(
        received.startedAt(),
        received.requestId(),
        identity.map(i -> i.namespace() + "/" + i.name()),
        Permits.clientAddress(received),
        received.request().method().name(),
        received.target().path(),
        targeted.map(Targeted::provider).map(Provider::name).or(() -> routed.map(Routed::provider)),
        routed.map(r -> r.protocol().id()),
        routed.map(r -> r.operation().id()),
        routed.map(Routed::model).filter(model -> !model.isEmpty()),
        targeted.filter(t -> !t.routed().model().isEmpty()).map(t -> t.target().model()),
        Optional.ofNullable(facts.admitted()).flatMap(CallRecords::credential),
        targeted.flatMap(Targeted::alias).map(AliasRule::name),
        ending.status(),
        fault == null ? Optional.empty() : Optional.of(fault.code()),
        routed.map(Routed::stream).orElse(false),
        ending.usage(),
        ending.endNanos() - received.startedNanos(),
        ending.firstByteNanos() == 0
            ? Optional.empty()
            : Optional.of(ending.firstByteNanos() - received.startedNanos()),
        ending.settlement(),
        fault == null ? "" : fault.detail());
  }

  private static Optional<String> credential(Admitted admitted) {
    return switch (admitted.candidate()) {
      case Candidate.Mock mock -> Optional.empty();
      case Candidate.Keyed keyed -> Optional.of(keyed.credential().id().toString());
    };
  }
}
