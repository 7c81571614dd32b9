package io.keyfront.dataplane.forward;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.dataplane.route.Routed;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.buffer.BufferInternal;
import java.net.URI;
import java.util.Set;

/** Sends a call to its candidate. */
public final class Forwarder {
  private static final CharSequence IDENTITY = HttpHeaders.createOptimized("identity");
  private static final Set<String> CATALOG = ProviderCatalog.builtIn().keySet();

  private final Vertx vertx;
  private final Upstream upstream;

  public Forwarder(Vertx vertx, Upstream upstream) {
    this.vertx = vertx;
    this.upstream = upstream;
  }

  /** Forwards, and tells what comes of it. */
  public void forward(Admitted admitted, Dispatch dispatch) {
    switch (admitted.candidate()) {
      case Candidate.Mock mock -> {
        dispatch.begun(() -> {});
        dispatch.answered(MockAnswering.of(vertx, admitted));
      }
      case Candidate.Keyed keyed -> send(admitted, keyed, dispatch);
    }
  }

  private void send(Admitted admitted, Candidate.Keyed keyed, Dispatch dispatch) {
    Sending sending = new Sending(admitted, keyed, Edited.of(admitted), dispatch);
    upstream.open(sending.outgoing()).onComplete(sending::dispatch, sending::unreachable);
  }

  /** One request on its way. */
  private static final class Sending {
    private final Admitted admitted;
    private final Targeted call;
    private final Candidate.Keyed keyed;
    private final Edited edited;
    private final Dispatch dispatch;
    private final UpstreamCall outgoing;
    private boolean told;

    Sending(Admitted admitted, Candidate.Keyed keyed, Edited edited, Dispatch dispatch) {
      this.admitted = admitted;
      this.call = admitted.permitted().targeted();
      this.keyed = keyed;
      this.edited = edited;
      this.dispatch = dispatch;
      this.outgoing = Forwarder.outgoing(call, keyed, edited);
    }

    UpstreamCall outgoing() {
      return outgoing;
    }

    void dispatch(HttpClientRequest request) {
      try {
        send(request);
      } catch (RuntimeException failure) {
        // Thrown into the event loop it would leave the call waiting for nothing.
        request.reset();
        fail(failure);
      }
    }

    private void send(HttpClientRequest request) {
      if (dispatch.abandoned() || leadsAstray(request)) {
        request.reset();
        unreachable(new IllegalStateException("given up, or a forbidden address"));
        return;
      }
      HeaderHygiene.toUpstream(received(call).request().headers(), request.headers());
      request.headers().set(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
      Signing.sign(
          keyed.credential().auth(), call.routed().protocol().dialect(), request.headers());
      dispatch.begun(request::reset);
      Future<HttpClientResponse> response =
          outgoing.body().length == 0 ? request.send() : request.send(buffer(outgoing.body()));
      response.onComplete(this::answered, this::reset);
    }

    private boolean leadsAstray(HttpClientRequest request) {
      return outgoing.guarded()
          && ForbiddenAddresses.reached(request.connection(), outgoing.endpoint().getHost());
    }

    private void answered(HttpClientResponse response) {
      if (told) {
        response.request().reset();
        return;
      }
      told = true;
      dispatch.answered(answering(admitted, edited, response));
    }

    void unreachable(Throwable cause) {
      fail(
          new Refused(
              new UpstreamFault.Unreachable(call.provider().name(), String.valueOf(cause))));
    }

    private void reset(Throwable cause) {
      fail(new Refused(Breakage.of(call.provider().name(), cause, Signing.redaction(keyed))));
    }

    private void fail(Throwable failure) {
      if (!told) {
        told = true;
        dispatch.failed(failure);
      }
    }
  }

  private static Answering answering(
      Admitted admitted, Edited edited, HttpClientResponse response) {
    return new Answering(
        admitted,
        response.statusCode(),
        response.headers(),
        response,
        edited.usageInjected(),
        () -> response.request().reset());
  }

  /** The request that asks how much a call's input counts. */
  static UpstreamCall counting(Targeted call, Candidate.Keyed keyed, byte[] body) {
    Routed routed = call.routed();
    String suffix = routed.call().counting().suffix(routed.protocol(), call.target().model());
    return new UpstreamCall(
        HttpMethod.POST,
        keyed.endpoint(),
        call.provider().path(keyed.endpoint(), routed.protocol(), suffix),
        body,
        isGuarded(call.provider(), keyed.endpoint()));
  }

  private static UpstreamCall outgoing(Targeted call, Candidate.Keyed keyed, Edited edited) {
    Routed routed = call.routed();
    Provider provider = call.provider();
    String suffix = routed.call().suffix(routed.protocol(), call.target().model());
    String path = provider.path(keyed.endpoint(), routed.protocol(), suffix);
    String query = received(call).target().queryWithoutKey();
    return new UpstreamCall(
        received(call).request().method(),
        keyed.endpoint(),
        query.isEmpty() ? path : path + "?" + query,
        edited.body(),
        isGuarded(provider, keyed.endpoint()));
  }

  static boolean isGuarded(Provider provider, URI endpoint) {
    return !CATALOG.contains(provider.name())
        || !provider.endpoint().filter(endpoint::equals).isPresent();
  }

  private static Received received(Targeted call) {
    return call.routed().identified().received();
  }

  /** Without a copy: nobody changes the array any more. */
  private static Buffer buffer(byte[] body) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(body));
  }
}
