package io.keyfront.dataplane.route;

import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.dataplane.authenticate.Identified;
import io.keyfront.protocols.body.ScannedBody;
import io.keyfront.protocols.bound.MeasuredBody;
import io.keyfront.protocols.route.Routing;
import java.util.Optional;

/**
 * Which provider is asked for what.
 *
 * @param provider the requested one, before aliasing
 * @param model the requested one; empty for a list of models
 * @param body whole; empty for calls without one
 * @param scanned what the scan of the body found; absent for calls without one
 * @param measured what the call asks for; absent where no limit wants to know
 */
public record Routed(
    Identified identified,
    Routing.Call call,
    String provider,
    Protocol protocol,
    String model,
    boolean stream,
    byte[] body,
    Optional<ScannedBody> scanned,
    Optional<MeasuredBody> measured) {

  public Operation operation() {
    return call.operation();
  }
}
