package io.keyfront.ledger.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Operations that wait to be sent; asked from any thread, taken on the link's. */
final class Line {
  /** More are answered at once that there is no answer. */
  static final int MOST = 10_000;

  private final Queue<Operation> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Those whose server was another one, until it is known which. */
  private final Deque<Operation> parked = new ArrayDeque<>();

  /** Those whose server is busy with others, while other servers may not be. */
  private final Map<Object, Deque<Operation>> crowds = new HashMap<>();

  /** False when there is no room. */
  boolean add(Operation operation) {
    if (waiting.incrementAndGet() > MOST) {
      waiting.decrementAndGet();
      return false;
    }
    asked.add(operation);
    return true;
  }

  /** Null when nobody waits. */
  @Nullable Operation poll() {
    Operation next = asked.poll();
    if (next != null) {
      waiting.decrementAndGet();
    }
    return next;
  }

  /** Whether nobody is to be sent. */
  boolean isEmpty() {
    return asked.isEmpty();
  }

  /** Whether nobody waits at all. */
  boolean isIdle() {
    return asked.isEmpty() && parked.isEmpty() && crowds.isEmpty();
  }

  /** Has it asked once more in a moment: nothing of it was done. */
  void park(Operation operation) {
    parked.add(operation);
  }

  /** Has it wait for one server, so that others are not waited for. */
  void crowd(Object server, Operation operation) {
    crowds.computeIfAbsent(server, any -> new ArrayDeque<>()).add(operation);
  }

  /** Whoever waited for this server is in the line again. */
  void uncrowd(Object server) {
    Deque<Operation> crowd = crowds.isEmpty() ? null : crowds.remove(server);
    if (crowd != null) {
      queue(crowd);
    }
  }

  /** Everybody is in the line again. */
  void unpark() {
    queue(parked);
    parked.clear();
    crowds.values().forEach(this::queue);
    crowds.clear();
  }

  private void queue(Deque<Operation> operations) {
    waiting.addAndGet(operations.size());
    asked.addAll(operations);
  }

  /** Those that could not even be sent, the oldest of them first. */
  void refuseOverdue(long now, String why) {
    for (Operation head = asked.peek(); head != null && head.isOverdue(now); head = asked.peek()) {
      asked.remove();
      waiting.decrementAndGet();
      head.fail(why);
    }
  }
}
