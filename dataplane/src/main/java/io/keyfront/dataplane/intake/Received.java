package io.keyfront.dataplane.intake;

import io.keyfront.core.provider.Dialect;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.protocols.route.Routing;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;

/**
 * A request whose head is within bounds and whose line is read.
 *
 * @param peer the address at the other end of the connection; empty where it has none
 * @param requestId the client's own when it sent one
 * @param callId unique, never the client's: names the call in the ledger
 * @param snapshot the only one this call looks at
 * @param dialect the shape in which its faults are answered
 * @param startedNanos {@link System#nanoTime} at its arrival
 */
public record Received(
    HttpServerRequest request,
    String peer,
    String requestId,
    String callId,
    Snapshot snapshot,
    Routing routing,
    Dialect dialect,
    Target target,
    Instant startedAt,
    long startedNanos) {}
