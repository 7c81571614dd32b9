package io.keyfront.dataplane.route;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.route.ProviderChoice;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.Identity;
import io.keyfront.dataplane.authenticate.Identified;
import io.keyfront.protocols.body.BodyScanner;
import io.keyfront.protocols.body.ScannedBody;
import io.keyfront.protocols.bound.BodyMeasure;
import io.keyfront.protocols.bound.MeasuredBody;
import io.keyfront.protocols.route.Routing;
import java.util.List;
import java.util.Optional;

/**
 * Decides provider and protocol: from the path, from a session token's claim, or from the model.
 */
public final class Router {
  private Router() {}

  /**
   * Routes a call. Scans the body; a large one costs time, so the caller decides on which thread.
   *
   * @throws Refused when provider, protocol or body do not fit
   */
  public static Routed route(Identified identified, Routing.Call call, byte[] body) {
    Optional<MeasuredBody> measured = measured(identified, call, body);
    Optional<ScannedBody> scanned =
        measured.isPresent() ? measured.map(MeasuredBody::scanned) : scanned(call, body);
    String model = model(call, scanned);
    Provider provider = provider(identified, call, model);
    return new Routed(
        identified,
        call,
        provider.name(),
        protocol(identified, call, provider),
        model,
        call.streamsByPath() || scanned.map(ScannedBody::stream).orElse(false),
        body,
        scanned,
        measured);
  }

  private static Optional<ScannedBody> scanned(Routing.Call call, byte[] body) {
    return call.operation().hasBody()
        ? Optional.of(BodyScanner.scan(call.protocols().getFirst(), call.operation(), body))
        : Optional.empty();
  }

  /** Only where some limit wants to know beforehand what the call may use. */
  private static Optional<MeasuredBody> measured(
      Identified identified, Routing.Call call, byte[] body) {
    boolean wanted =
        call.operation() == Operation.GENERATE
            && (identified.identity().limits().needBound()
                || identified.received().snapshot().boundsCalls());
    return wanted
        ? Optional.of(BodyMeasure.measure(call.protocols().getFirst(), body))
        : Optional.empty();
  }

  private static String model(Routing.Call call, Optional<ScannedBody> scanned) {
    if (call.model().isPresent()) {
      return call.model().get();
    }
    return scanned.flatMap(ScannedBody::model).map(ScannedBody.Text::value).orElse("");
  }

  private static Provider provider(Identified identified, Routing.Call call, String model) {
    Snapshot snapshot = identified.received().snapshot();
    Optional<Identity.Pin> pin = identified.identity().pin();
    if (call.provider().isEmpty()) {
      return known(
          snapshot,
          pin.map(Identity.Pin::provider).orElseGet(() -> chosen(identified, call, model)));
    }
    Provider named = known(snapshot, call.provider().get());
    if (pin.isPresent() && !pin.get().provider().equals(named.name()) && !named.isMock()) {
      throw mismatch(identified, pin.get().provider());
    }
    return named;
  }

  private static String chosen(Identified identified, Routing.Call call, String model) {
    Snapshot snapshot = identified.received().snapshot();
    Protocol protocol = call.protocols().getFirst();
    return switch (ProviderChoice.choose(snapshot, identified.identity(), protocol, model)) {
      case ProviderChoice.Choice.One(String provider) -> provider;
      case ProviderChoice.Choice.Unclear(List<String> choices) ->
          throw new Refused(RequestFault.providerAmbiguous(model, choices));
    };
  }

  private static Provider known(Snapshot snapshot, String name) {
    return snapshot
        .provider(name)
        .orElseThrow(
            () -> new Refused(RequestFault.unknownProvider(name, snapshot.providers().keySet())));
  }

  private static Protocol protocol(Identified identified, Routing.Call call, Provider provider) {
    for (Protocol protocol : call.protocols()) {
      if (provider.speaks(protocol)) {
        return protocol;
      }
    }
    if (call.provider().isEmpty()) {
      throw mismatch(identified, provider.name());
    }
    List<String> spoken = provider.bases().keySet().stream().map(Protocol::id).sorted().toList();
    String path = identified.received().target().path();
    throw new Refused(RequestFault.protocolNotSpoken(provider.name(), path, spoken));
  }

  private static Refused mismatch(Identified identified, String provider) {
    return new Refused(
        RequestFault.routeProviderMismatch(identified.received().target().path(), provider));
  }
}
