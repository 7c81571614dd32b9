package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Account;
import io.lettuce.core.RedisNoScriptException;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends operations from many threads in few calls of the script: what is asked while calls are
 * under way goes out together with the next. All but {@link #submit} and {@link #submitLater} runs
 * on one thread, the link's.
 */
final class Pipeline {
  /** Operations in one call of the script: a bound to the time for which it keeps Redis busy. */
  private static final int MAX_BATCH = 64;

  /** Calls of the script under way. One less waits for each other; one more batches less. */
  private static final int DEPTH = 4;

  /** To each node of a cluster, where every account is asked for itself. */
  private static final int CLUSTER_DEPTH = 64;

  static final long TICK_MILLIS = 20;

  /**
   * How long an operation that no client waits for is kept for company. To wake the link's thread
   * for each adds about a tenth to the CPU time of a small call.
   */
  private static final long COMPANY_MILLIS = 5;

  private static final String ELSEWHERE = "the account moves to another server";

  private static final String STUCK = "Redis does not answer in time";

  private final Link link;
  private final EventExecutor loop;
  private final Account.Rules rules;
  private final ServerClock clock;
  private final LongSupplier clockOverride;
  private final Keys keys = new Keys();

  private final Gates gates;
  private final Slots slots;
  private final Line line = new Line();
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
    this.gates = new Gates(link, keys);
    this.slots = new Slots(link, keys);
  }

  /** A call of the script that does nothing. */
  static byte[] nothing(Account.Rules rules) {
    return new BatchWriter(0, rules, Gate.OPEN, new Keys(), false).bytes();
  }

  /** What calls of the script say of their servers. */
  Gates gates() {
    return gates;
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
    boolean room = line.add(operation);
    if (!room) {
      loop.execute(() -> operation.fail("%d operations wait already".formatted(Line.MOST)));
    }
    return room;
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
    int depth = link.slotted() ? Integer.MAX_VALUE : DEPTH;
    while (trouble == null && underWay.fresh() < depth && !line.isEmpty()) {
      List<Operation> batch = new ArrayList<>();
      for (Operation next = line.poll(); next != null; next = line.poll()) {
        batch.add(next);
        if (batch.size() == MAX_BATCH) {
          break;
        }
      }
      slots.apart(batch).forEach(this::send);
      trouble = trouble();
    }
    if (trouble != null) {
      for (Operation next = line.poll(); next != null; next = line.poll()) {
        next.fail(trouble);
      }
    }
    tickWhileBusy();
  }

  private @Nullable String trouble() {
    if (!link.ready()) {
      return "there is no connection to Redis";
    }
    return !link.slotted() && underWay.stuck() ? STUCK : null;
  }

  /** Calls the script with these alone, before all that wait. */
  void sendAlone(List<? extends Operation> operations) {
    String trouble = trouble();
    if (trouble == null) {
      slots.apart(List.copyOf(operations)).forEach(this::send);
      tickWhileBusy();
    } else {
      operations.forEach(operation -> operation.fail(trouble));
    }
  }

  private void send(List<Operation> operations) {
    Object server = slots.server(operations);
    if (underWay.stuck(server)) {
      operations.forEach(operation -> operation.fail(STUCK));
      return;
    }
    if (link.slotted() && underWay.fresh(server) >= CLUSTER_DEPTH) {
      operations.forEach(operation -> crowd(server, operation));
      return;
    }
    Gate gate = gates.of(server);
    if (gate == null) {
      elsewhere(operations);
      return;
    }
    List<Operation> asked = admitted(operations, gate);
    if (asked.isEmpty()) {
      return;
    }
    UnderWay.Call call = underWay.begin(asked, server);
    BatchWriter out =
        new BatchWriter(clockOverride.getAsLong(), rules, gate, keys, !link.slotted());
    asked.forEach(operation -> operation.write(out));
    link.call(gate, link.slotted() ? out.allKeys() : out.keys(), out.bytes())
        .whenComplete((reply, failure) -> answered(call, reply, failure));
  }

  /** Without those that are answered already, as budgets are closed. */
  private static List<Operation> admitted(List<Operation> operations, Gate gate) {
    return gate.shutUntil() == Gate.NEVER_SHUT
        ? operations
        : operations.stream().filter(operation -> !operation.isRefusedAt(gate)).toList();
  }

  private void crowd(Object server, Operation operation) {
    if (operation.isOverdue(System.nanoTime())) {
      operation.fail(STUCK);
    } else {
      line.crowd(server, operation);
    }
  }

  /** Nothing was done, as their server is another one: to be asked again, or told so. */
  private void elsewhere(List<Operation> operations) {
    long now = System.nanoTime();
    for (Operation operation : operations) {
      if (operation.isUrgent() && !operation.isOverdue(now)) {
        line.park(operation);
      } else {
        operation.fail(ELSEWHERE);
      }
    }
    tickWhileBusy();
  }

  private void answered(UnderWay.Call call, byte @Nullable [] reply, @Nullable Throwable failure) {
    underWay.ended(call);
    if (reply != null) {
      ByteBuffer numbers = ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
      long now = (long) numbers.getDouble();
      clock.seen(now, System.nanoTime() - call.sent());
      call.operations().forEach(operation -> operation.answer(numbers, now));
    } else if (Slots.isElsewhere(failure)) {
      if (failure instanceof RedisNoScriptException) {
        link.strange(call.server());
      }
      if (!call.isLate()) {
        elsewhere(call.operations());
      }
    } else if (!call.isLate()) {
      String why = failure == null ? "an empty answer" : String.valueOf(failure.getMessage());
      call.operations().forEach(operation -> operation.fail(why));
    }
    line.uncrowd(call.server());
    if (!line.isEmpty()) {
      drain();
    }
  }

  private void tickWhileBusy() {
    if (!ticking && !(underWay.isEmpty() && line.isIdle())) {
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
    line.unpark();
    drain();
    if (!heldUp) {
      line.refuseOverdue(now, STUCK);
    }
  }
}
