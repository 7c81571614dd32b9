package io.keyfront.dataplane;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.InternalFault;
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
import io.keyfront.dataplane.reply.Refusal;
import io.keyfront.dataplane.reply.Relay;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.dataplane.route.Router;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.protocols.route.Routing;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One model call on its way through the stages. Lives on one event loop; whatever happens it
 * settles its hold, writes one record and gives its bytes back, exactly once.
 */
final class CallFlow implements Watch.Watched, Dispatch, Relay.Listener {
  private static final System.Logger LOG = System.getLogger(CallFlow.class.getName());

  /** A body of up to so many bytes is scanned on the event loop: about a millisecond's work. */
  private static final int SCANNED_HERE_BYTES = 256 << 10;

  private final Stages stages;
  private final Received received;
  private final CallTrail trail;
  private final Routing.Call call;
  private final BodyLease lease;
  private final HttpServerResponse response;

  private @Nullable Relay relay;
  private Runnable cancel = () -> {};
  private boolean over;
  private long deadlineNanos;

  CallFlow(Stages stages, Received received, Routing.Call call) {
    this.stages = stages;
    this.received = received;
    this.trail = new CallTrail(received);
    this.call = call;
    this.lease = new BodyLease(stages.budget());
    this.response = received.request().response();
  }

  void start() {
    stages.watch().add(this);
    extend(stages.timeouts().body());
    response.closeHandler(closed -> clientGone());
    response.exceptionHandler(broken -> clientGone());
    guarded(
        () -> {
          Identified known = stages.authenticator().identify(received);
          trail.identified = known;
          if (!call.operation().hasBody()) {
            route(known, new byte[0]);
            return;
          }
          stages
              .bodies()
              .read(received.request(), lease)
              .onComplete(body -> guarded(() -> route(known, body)), this::fail);
        });
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
        .onComplete(found -> guarded(() -> target(found)), this::fail);
  }

  private void target(Routed found) {
    trail.routed = found;
    Targeted aimed = Targeting.target(found);
    trail.targeted = aimed;
    admit(Permits.permit(aimed), 1);
  }

  private void admit(Permitted permitted, int attempt) {
    var stage =
        stages.admitting().admit(permitted, permitted.candidates().get(attempt - 1), attempt);
    var context = stages.vertx().getOrCreateContext();
    var future = stage.toCompletableFuture();
    if (future.isDone() && !future.isCompletedExceptionally()) {
      forward(permitted, future.join(), attempt);
      return;
    }
    stage.whenComplete(
        (held, failure) ->
            context.runOnContext(
                turn -> {
                  if (failure != null) {
                    fail(failure);
                  } else {
                    guarded(() -> forward(permitted, held, attempt));
                  }
                }));
  }

  private void forward(Permitted permitted, Admitted held, int attempt) {
    if (over) {
      stages.ledger().settle(held.hold(), new Settlement.Released());
      return;
    }
    trail.admitted = held;
    stages
        .forwarder()
        .forward(held, this)
        .onComplete(this::reply, failure -> failedToForward(permitted, held, attempt, failure));
  }

  /** Nothing was sent: the next candidate may serve the call. */
  private void failedToForward(Permitted permitted, Admitted held, int attempt, Throwable failure) {
    boolean another = !over && !trail.dispatched && attempt < permitted.candidates().size();
    if (!another) {
      fail(failure);
      return;
    }
    stages.ledger().settle(held.hold(), new Settlement.Released());
    trail.admitted = null;
    guarded(() -> admit(permitted, attempt + 1));
  }

  private void reply(Answering answering) {
    if (over) {
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
  public void begun(Runnable cancelling) {
    trail.dispatched = true;
    cancel = cancelling;
  }

  @Override
  public boolean abandoned() {
    return over;
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
    switch (outcome) {
      case Outcome.Complete complete -> close(trail.upstreamStatus, null, outcome);
      case Outcome.Broken(var reading, Fault fault) ->
          close(response.headWritten() ? response.getStatusCode() : fault.status(), fault, outcome);
      case Outcome.ClientGone gone -> close(CallRecord.CLIENT_CLOSED, null, outcome);
    }
  }

  private void clientGone() {
    if (over || response.ended()) {
      return;
    }
    if (relay != null) {
      relay.clientGone();
    } else {
      close(CallRecord.CLIENT_CLOSED, null, null);
      cancel.run();
    }
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public void timedOut() {
    long seconds = stages.timeouts().silence().toSeconds();
    Targeted aimed = trail.targeted;
    Fault fault =
        aimed == null
            ? RequestFault.bodyTimeout(stages.timeouts().body().toSeconds())
            : new UpstreamFault.TimedOut(aimed.provider().name(), seconds);
    if (relay != null) {
      relay.fail(fault);
    } else {
      fail(new Refused(fault));
      cancel.run();
    }
  }

  private void extend(Duration time) {
    deadlineNanos = System.nanoTime() + time.toNanos();
  }

  private void guarded(Runnable step) {
    if (over) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    if (over) {
      return;
    }
    Fault fault = fault(failure);
    if (response.closed() || response.ended()) {
      close(CallRecord.CLIENT_CLOSED, fault, null);
      return;
    }
    Leftovers.dropOrClose(stages, received.request());
    Refusal.send(response, fault, received);
    close(fault.status(), fault, null);
  }

  private Fault fault(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    if (cause instanceof Refused refused) {
      return refused.fault();
    }
    LOG.log(Level.ERROR, "Call " + received.requestId() + " failed", cause);
    return new InternalFault(cause.toString());
  }

  private void close(int status, @Nullable Fault fault, @Nullable Outcome outcome) {
    if (over) {
      return;
    }
    over = true;
    lease.giveBack();
    stages.log().record(trail.end(stages.ledger(), call.operation(), status, fault, outcome));
    stages.watch().remove(this);
  }
}
