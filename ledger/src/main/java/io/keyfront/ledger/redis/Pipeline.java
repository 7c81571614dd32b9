package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends operations from many threads in few calls of the script: what is asked while calls are
 * under way goes out together with the next. All but {@link #submit} and {@link #submitLater} runs
 * on one thread, the link's.
 */
final class Pipeline {
  /** Operations that wait or are under way; more are answered at once that there is no answer. */
  static final int MAX_WAITING = 10_000;

  /** Operations in one call of the script: a bound to the time for which it keeps Redis busy. */
  private static final int MAX_BATCH = 64;

  /** Calls of the script under way. One less waits for each other; one more batches less. */
  private static final int DEPTH = 4;

  /** To every node of a cluster. */
  private static final int CLUSTER_DEPTH = 64;

  static final long TICK_MILLIS = 20;

  /**
   * How long an operation that no client waits for is kept for company. To wake the link's thread
   * for each adds about a tenth to the CPU time of a small call.
   */
  private static final long COMPANY_MILLIS = 5;

  private static final String STUCK = "Redis does not answer in time";

  private final Link link;
  private final EventExecutor loop;
  private final Account.Rules rules;
  private final ServerClock clock;
  private final LongSupplier clockOverride;
  private final Keys keys = new Keys();
  private volatile Gate gate = Gate.OPEN;

  private final Queue<Operation> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicBoolean later = new AtomicBoolean();

  private final UnderWay underWay = new UnderWay();
  private boolean ticking;
  private long nextTick;

  /**
   * @param clockOverride the script's clock in microseconds, 0 for the server's own: anything else
   *     is for tests
   */
  Pipeline(
      Link link,
      EventExecutor loop,
      Account.Rules rules,
      ServerClock clock,
      LongSupplier clockOverride) {
    this.link = link;
    this.loop = loop;
    this.rules = rules;
    this.clock = clock;
    this.clockOverride = clockOverride;
  }

  /** What every call of the script says of the server from now on. */
  void enter(Gate next) {
    gate = next;
  }

  /** The ledger's epoch. */
  long epoch() {
    return gate.epoch();
  }

  /** Asks, in turn. From any thread. */
  void submit(Operation operation) {
    if (queued(operation) && awake.compareAndSet(false, true)) {
      loop.execute(this::wake);
    }
  }

  /** Asks, in turn, together with what is asked next, or in a moment. From any thread. */
  void submitLater(Operation operation) {
    if (queued(operation) && !awake.get() && later.compareAndSet(false, true)) {
      var _ = loop.schedule(this::wakeLater, COMPANY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean queued(Operation operation) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      loop.execute(() -> operation.fail("%d operations wait already".formatted(MAX_WAITING)));
      return false;
    }
    asked.add(operation);
    return true;
  }

  private void wakeLater() {
    later.set(false);
    drain();
  }

  private void wake() {
    awake.set(false);
    drain();
  }

  private void drain() {
    String trouble = trouble();
    int depth = link.slotted() ? CLUSTER_DEPTH : DEPTH;
    while (trouble == null && underWay.fresh() < depth && !asked.isEmpty()) {
      List<Operation> batch = new ArrayList<>();
      for (Operation next = poll(); next != null; next = poll()) {
        batch.add(next);
        if (batch.size() == MAX_BATCH) {
          break;
        }
      }
      slots(batch).forEach(this::send);
      trouble = trouble();
    }
    if (trouble != null) {
      for (Operation next = poll(); next != null; next = poll()) {
        next.fail(trouble);
      }
    }
    tickWhileBusy();
  }

  private @Nullable Operation poll() {
    Operation next = asked.poll();
    if (next != null) {
      waiting.decrementAndGet();
    }
    return next;
  }

  private @Nullable String trouble() {
    if (!link.ready()) {
      return "there is no connection to Redis";
    }
    return !link.slotted() && underWay.stuck() ? STUCK : null;
  }

  private Collection<List<Operation>> slots(List<Operation> batch) {
    if (!link.slotted()) {
      return List.of(batch);
    }
    Map<AccountId, List<Operation>> slots = new LinkedHashMap<>();
    for (Operation operation : batch) {
      slots
          .computeIfAbsent(operation.accounts().getFirst(), slot -> new ArrayList<>())
          .add(operation);
    }
    return slots.values();
  }

  /** Calls the script with these alone, before all that wait. */
  void sendAlone(List<? extends Operation> operations) {
    String trouble = trouble();
    if (trouble == null) {
      slots(List.copyOf(operations)).forEach(this::send);
      tickWhileBusy();
    } else {
      operations.forEach(operation -> operation.fail(trouble));
    }
  }

  private void send(List<Operation> operations) {
    Object server = link.slotted() ? link.server(key(operations.getFirst())) : link;
    if (underWay.stuck(server)) {
      operations.forEach(operation -> operation.fail(STUCK));
      return;
    }
    UnderWay.Call call = underWay.begin(operations, server);
    BatchWriter out =
        new BatchWriter(clockOverride.getAsLong(), rules, gate, keys, !link.slotted());
    operations.forEach(operation -> operation.write(out));
    link.call(out.keys(), out.bytes())
        .whenComplete((reply, failure) -> answered(call, reply, failure));
  }

  private byte[] key(Operation operation) {
    return keys.of(operation.accounts().getFirst());
  }

  private void answered(UnderWay.Call call, byte @Nullable [] reply, @Nullable Throwable failure) {
    underWay.ended(call);
    if (reply != null) {
      ByteBuffer numbers = ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
      long now = (long) numbers.getDouble();
      clock.seen(now, System.nanoTime() - call.sent());
      call.operations().forEach(operation -> operation.answer(numbers, now));
    } else if (!call.isLate()) {
      String why = failure == null ? "an empty answer" : String.valueOf(failure.getMessage());
      call.operations().forEach(operation -> operation.fail(why));
    }
    if (!asked.isEmpty()) {
      drain();
    }
  }

  private void tickWhileBusy() {
    if (!ticking && !(underWay.isEmpty() && asked.isEmpty())) {
      ticking = true;
      nextTick = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
      var _ = loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    ticking = false;
    long now = System.nanoTime();
    boolean heldUp = now - nextTick > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    if (underWay.expire(now, heldUp)) {
      link.renew();
      if (link.slotted()) {
        // Nobody ends them: the other servers' calls share the connection.
        underWay.giveUp(now);
      }
    }
    drain();
    if (!heldUp) {
      refuseOverdue(now);
    }
  }

  /** Those that could not even be sent, the oldest of them first. */
  private void refuseOverdue(long now) {
    for (Operation head = asked.peek(); head != null && head.isOverdue(now); head = asked.peek()) {
      asked.remove();
      waiting.decrementAndGet();
      head.fail(STUCK);
    }
  }
}
