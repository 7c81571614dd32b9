package io.keyfront.dataplane;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.InternalFault;
import io.keyfront.core.fault.Refused;
import io.keyfront.dataplane.intake.BodyLease;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.dataplane.reply.Outcome;
import io.keyfront.dataplane.reply.Refusal;
import io.keyfront.dataplane.settle.CallRecord;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The end of one call: whatever happens its hold is settled, one record is written and its bytes
 * are given back, exactly once.
 */
final class CallEnding {
  private static final System.Logger LOG = System.getLogger(CallEnding.class.getName());

  private final Stages stages;
  private final Received received;
  private final CallTrail trail;
  private final BodyLease lease;
  private final Watch.Watched watched;
  private boolean over;

  /**
   * @param watched the call, which waits no longer when it is over
   */
  CallEnding(Stages stages, CallTrail trail, BodyLease lease, Watch.Watched watched) {
    this.stages = stages;
    this.received = trail.received;
    this.trail = trail;
    this.lease = lease;
    this.watched = watched;
  }

  boolean isOver() {
    return over;
  }

  /** Ends a call whose answer has not begun. */
  void fail(Throwable failure) {
    if (over) {
      return;
    }
    Fault fault = fault(failure);
    HttpServerResponse response = received.request().response();
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

  /** Ends a call whose answer is over. */
  void end(int upstreamStatus, Outcome outcome) {
    HttpServerResponse response = received.request().response();
    switch (outcome) {
      case Outcome.Complete complete -> close(upstreamStatus, null, outcome);
      case Outcome.Broken(var reading, Fault fault) ->
          close(response.headWritten() ? response.getStatusCode() : fault.status(), fault, outcome);
      case Outcome.ClientGone gone -> close(CallRecord.CLIENT_CLOSED, null, outcome);
    }
  }

  /** Ends a call whose client left before its answer began. */
  void clientGone() {
    close(CallRecord.CLIENT_CLOSED, null, null);
  }

  private void close(int status, @Nullable Fault fault, @Nullable Outcome outcome) {
    if (over) {
      return;
    }
    over = true;
    lease.giveBack();
    stages.log().record(trail.end(stages.ledger(), stages.renewals(), status, fault, outcome));
    stages.watch().remove(watched);
  }
}
