package io.keyfront.dataplane.intake;

import io.keyfront.core.provider.Dialect;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.protocols.route.Routing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Takes a request in: one snapshot, an id, what its line asks for. For one event loop. */
public final class Intake {
  /** Honoured on requests, sent on every answer. */
  public static final CharSequence REQUEST_ID =
      HttpHeaders.createOptimized("x-keyfront-request-id");

  private static final CharSequence ANTHROPIC_VERSION =
      HttpHeaders.createOptimized("anthropic-version");
  private static final CharSequence X_API_KEY = HttpHeaders.createOptimized("x-api-key");
  private static final CharSequence X_GOOG_API_KEY = HttpHeaders.createOptimized("x-goog-api-key");

  private final Supplier<Snapshot> snapshots;
  private final InstantSource clock;
  private final Routings routings = new Routings();

  public Intake(Supplier<Snapshot> snapshots, InstantSource clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * @param peer the address at the other end of the connection; empty where it has none
   */
  public Received receive(HttpServerRequest request, String peer) {
    Target target = Target.of(request.uri());
    Dialect hint = hint(request.headers(), target);
    Routing routing = routings.of(request.method().name(), target.path(), hint);
    String callId = RequestIds.minted();
    return new Received(
        request,
        peer,
        RequestIds.of(request.headers().get(REQUEST_ID), callId),
        callId,
        snapshots.get(),
        routing,
        dialect(routing, hint),
        target,
        clock.instant(),
        System.nanoTime());
  }

  private static Dialect hint(MultiMap headers, Target target) {
    if (headers.contains(ANTHROPIC_VERSION) || headers.contains(X_API_KEY)) {
      return Dialect.ANTHROPIC;
    }
    boolean gemini = headers.contains(X_GOOG_API_KEY) || target.hasKey();
    return gemini ? Dialect.GEMINI : Dialect.OPENAI;
  }

  private static Dialect dialect(Routing routing, Dialect hint) {
    return routing instanceof Routing.Call call ? call.protocols().getFirst().dialect() : hint;
  }
}
