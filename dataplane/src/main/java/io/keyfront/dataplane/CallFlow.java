package io.keyfront.dataplane;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.alias.Targeting;
import io.keyfront.dataplane.authenticate.Identified;
import io.keyfront.dataplane.authorize.Permits;
import io.keyfront.dataplane.authorize.Permitted;
import io.keyfront.dataplane.forward.Answering;
import io.keyfront.dataplane.forward.Dispatch;
import io.keyfront.dataplane.intake.BodyLease;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.dataplane.reply.Outcome;
import io.keyfront.dataplane.reply.Relay;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.dataplane.route.Router;
import io.keyfront.protocols.route.Routing;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One model call on its way through the stages. Lives on one event loop. */
final class CallFlow extends Watch.Watched implements Relay.Listener {
  /** A body of up to so many bytes is scanned on the event loop: about a millisecond's work. */
  private static final int SCANNED_HERE_BYTES = 256 << 10;

  private final Stages stages;
  private final Received received;
  private final CallTrail trail;
  private final Routing.Call call;
  private final BodyLease lease;
  private final HttpServerResponse response;
  private final CallEnding ending;

  private @Nullable Relay relay;
  private Runnable cancel = () -> {};
  private long deadlineNanos;

  CallFlow(Stages stages, Received received, Routing.Call call) {
    this.stages = stages;
    this.received = received;
    this.trail = new CallTrail(received);
    this.call = call;
    this.lease = new BodyLease(stages.budget());
    this.response = received.request().response();
    this.ending = new CallEnding(stages, trail, lease, this);
  }

  void start() {
    stages.watch().add(this);
    extend(stages.timeouts().body());
    response.closeHandler(closed -> clientGone());
    response.exceptionHandler(broken -> clientGone());
    guarded(
        () -> {
          Future<Identified> known = stages.authenticator().identify(received);
          boolean waits = !known.isComplete();
          if (waits) {
            received.request().pause();
          }
          known.onComplete(one -> guarded(() -> read(one, waits)), ending::fail);
        });
  }

  /**
   * @param paused whether the body waits until the caller is known
   */
  private void read(Identified known, boolean paused) {
    trail.identified = known;
    if (call.operation().hasBody()) {
      stages
          .bodies()
          .read(received.request(), lease)
          .onComplete(body -> guarded(() -> route(known, body)), ending::fail);
    }
    if (paused) {
      received.request().resume();
    }
    if (!call.operation().hasBody()) {
      route(known, new byte[0]);
    }
  }

  private void route(Identified known, byte[] body) {
    extend(stages.timeouts().silence());
    if (body.length <= SCANNED_HERE_BYTES) {
      target(Router.route(known, call, body));
      return;
    }
    stages
        .vertx()
        .executeBlocking(() -> Router.route(known, call, body), false)
        .onComplete(found -> guarded(() -> target(found)), ending::fail);
  }

  private void target(Routed found) {
    trail.routed = found;
    Targeted aimed = Targeting.target(found);
    trail.targeted = aimed;
    admit(Permits.permit(aimed), 1);
  }

  private void admit(Permitted permitted, int candidate) {
    extend(stages.timeouts().silence());
    stages
        .admitting()
        .admit(permitted, candidate)
        .whenComplete(
            (held, failure) -> {
              if (failure != null) {
                ending.fail(failure);
              } else {
                forward(held);
              }
            });
  }

  private void forward(Admitted held) {
    if (ending.isOver()) {
      stages.ledger().settle(held.hold(), new Settlement.Released());
      return;
    }
    trail.admitted = held;
    stages.renewals().add(held.hold());
    guarded(() -> stages.forwarder().forward(held, new Attempt(held)));
  }

  /** One candidate's turn. */
  private final class Attempt implements Dispatch {
    private final Admitted held;

    Attempt(Admitted held) {
      this.held = held;
    }

    @Override
    public void begun(Runnable cancelling) {
      trail.dispatched = true;
      cancel = cancelling;
    }

    @Override
    public boolean abandoned() {
      return ending.isOver();
    }

    @Override
    public void answered(Answering answering) {
      reply(answering);
    }

    /** Where nothing was sent the next candidate may serve the call. */
    @Override
    public void failed(Throwable failure) {
      Permitted permitted = held.permitted();
      boolean another =
          !ending.isOver() && !trail.dispatched && held.number() < permitted.candidates().size();
      if (!another) {
        ending.fail(failure);
        return;
      }
      stages.renewals().remove(held.hold());
      stages.ledger().settle(held.hold(), new Settlement.Released());
      trail.admitted = null;
      guarded(() -> admit(permitted, held.number() + 1));
    }
  }

  private void reply(Answering answering) {
    if (ending.isOver()) {
      answering.cancel().run();
      return;
    }
    trail.upstreamStatus = answering.status();
    progressed();
    Relay next = new Relay(answering, this);
    relay = next;
    next.start();
  }

  @Override
  public void progressed() {
    extend(stages.timeouts().silence());
    if (relay != null && trail.firstByteNanos == 0) {
      trail.firstByteNanos = System.nanoTime();
    }
  }

  @Override
  public void ended(Outcome outcome) {
    ending.end(trail.upstreamStatus, outcome);
  }

  private void clientGone() {
    if (ending.isOver() || response.ended()) {
      return;
    }
    if (relay != null) {
      relay.clientGone();
    } else {
      ending.clientGone();
      cancel.run();
    }
  }

  @Override
  long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  void timedOut() {
    if (relay != null && relay.waitsForClient()) {
      relay.hangUp(RequestFault.clientStalled(stages.timeouts().silence().toSeconds()));
      return;
    }
    Targeted aimed = trail.targeted;
    Fault fault =
        aimed == null
            ? RequestFault.bodyTimeout(stages.timeouts().body().toSeconds())
            : new UpstreamFault.TimedOut(
                aimed.provider().name(), stages.timeouts().silence().toSeconds());
    if (relay != null) {
      relay.fail(fault);
    } else {
      ending.fail(new Refused(fault));
      cancel.run();
    }
  }

  private void extend(Duration time) {
    deadlineNanos = System.nanoTime() + time.toNanos();
  }

  private void guarded(Runnable step) {
    if (ending.isOver()) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException failure) {
      ending.fail(failure);
    }
  }
}
