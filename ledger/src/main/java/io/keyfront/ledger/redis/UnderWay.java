package io.keyfront.ledger.redis;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Calls of the script that have no answer yet, and what becomes of those that wait for too long. On
 * the link's thread.
 */
final class UnderWay {
  /** With {@link Pipeline#TICK_MILLIS}, what nobody waits longer for. */
  static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(220);

  /** Silence after which the connection is made anew. */
  private static final long DEAD_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final String SILENT = "Redis did not answer in time";

  private final Set<Call> calls = new LinkedHashSet<>();
  private final Map<Object, int[]> fresh = new HashMap<>();
  private int late;

  /** One call of the script. */
  static final class Call {
    private final List<Operation> operations;
    private final Object server;
    private final long sent = System.nanoTime();
    private boolean late;

    /** Whether it was given more time already. */
    private boolean spared;

    private Call(List<Operation> operations, Object server) {
      this.operations = operations;
      this.server = server;
    }

    List<Operation> operations() {
      return operations;
    }

    Object server() {
      return server;
    }

    long sent() {
      return sent;
    }

    /** Whether its operations were told that there is no answer. */
    boolean isLate() {
      return late;
    }
  }

  Call begin(List<Operation> operations, Object server) {
    Call call = new Call(operations, server);
    calls.add(call);
    fresh.computeIfAbsent(server, any -> new int[1])[0]++;
    return call;
  }

  void ended(Call call) {
    if (calls.remove(call)) {
      if (call.late) {
        late--;
      } else {
        waitsNoMore(call);
      }
    }
  }

  private void waitsNoMore(Call call) {
    int[] many = fresh.get(call.server);
    if (many != null) {
      many[0]--;
    }
  }

  /** Those of one server that are not late. */
  int fresh(Object server) {
    int[] many = fresh.get(server);
    return many == null ? 0 : many[0];
  }

  /** Those that are not late. */
  int fresh() {
    return calls.size() - late;
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** Whether some server does not answer in time. */
  boolean stuck() {
    return late > 0;
  }

  /** Whether this one does not. */
  boolean stuck(Object server) {
    return late > 0 && calls.stream().anyMatch(call -> call.late && call.server.equals(server));
  }

  /**
   * Tells those who have waited for too long.
   *
   * @param heldUp whether this thread was: then what it waits for may be there already
   * @return whether a call has had no answer for seconds
   */
  boolean expire(long now, boolean heldUp) {
    boolean dead = false;
    for (Call call : List.copyOf(calls)) {
      dead |= isDead(call, now);
      if (heldUp && !call.spared) {
        call.spared = true;
      } else if (!call.late) {
        expire(call, now);
      }
    }
    return dead;
  }

  private void expire(Call call, long now) {
    if (now - call.sent > TIMEOUT_NANOS) {
      call.late = true;
      late++;
      waitsNoMore(call);
      call.operations.forEach(operation -> operation.fail(SILENT));
    } else {
      call.operations.stream()
          .filter(operation -> operation.isUrgent() && operation.isOverdue(now))
          .forEach(operation -> operation.fail(SILENT));
    }
  }

  /** Waits no longer for those that have had no answer for seconds. */
  void giveUp(long now) {
    for (Call call : List.copyOf(calls)) {
      if (isDead(call, now)) {
        ended(call);
      }
    }
  }

  private static boolean isDead(Call call, long now) {
    return now - call.sent > DEAD_NANOS;
  }
}
