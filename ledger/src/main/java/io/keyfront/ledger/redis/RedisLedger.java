package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Standing;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.Asker.Spent;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import io.keyfront.ledger.redis.SettleOperation.Kind;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The ledger that all proxies share: in Redis, by one script that states the rules of an account.
 * Its clock is Redis'. On one server (also found by Sentinel) a call costs one round trip before it
 * is forwarded and one after, however many accounts it claims; on a cluster the accounts are asked
 * one after the other, as each is in a slot of its own.
 *
 * <p>What is asked gets {@link Admission.Unavailable} when Redis has not answered for 250 ms in
 * all, however often it had to be asked; to raise a mark in between takes a second at most. The
 * asker then {@link #abandon}s it. Stages complete on the ledger's thread: whoever continues there
 * must not block.
 */
public final class RedisLedger implements Ledger, AutoCloseable {
  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Duration lease;
  private final ServerClock clock;
  private final Pipeline pipeline;
  private final LiveCalls calls = new LiveCalls();
  private final Raising raising;
  private final Watch watch;
  private final Asker asker;
  private final Keeper keeper;
  private final boolean slotted;
  private final ClusterCalls cluster;
  private final Renewals renewals;
  private final Runnable disconnect;

  RedisLedger(
      Link link,
      EventExecutor loop,
      Opening.Parts parts,
      Function<Recovery.Parts, Watch> watching,
      Runnable disconnect) {
    RedisSettings settings = parts.settings();
    Clock local = parts.local();
    Marks marks = parts.marks().get();
    this.lease = settings.rules().lease();
    this.clock = new ServerClock(local);
    this.pipeline = new Pipeline(link, loop, settings.rules(), clock, parts.clockOverride());
    this.keeper = new Keeper(loop, pipeline, calls);
    this.slotted = link.slotted();
    this.raising = new Raising(pipeline, marks);
    this.watch =
        watching.apply(new Recovery.Parts(loop, pipeline, calls, marks, settings, parts.news()));
    this.asker = new Asker(pipeline, clock, local, marks, raising, watch::lost, watch::unopened);
    this.cluster = new ClusterCalls(asker, pipeline, keeper, clock, settings.rules(), local);
    this.renewals = new Renewals(pipeline, calls, slotted);
    this.disconnect = disconnect;
  }

  /**
   * Connects. Blocks for some seconds at most.
   *
   * @param local the clock of {@link HoldRequest#deadline}
   * @param marks asked for once, when Redis has answered; to be closed after the ledger. Without
   *     any, a Redis that loses data forgets it
   * @param news hears what happens to Redis, on the link's thread
   * @param loop on which to speak to Redis, so that who asks on it is answered without waking
   *     another thread; to be ended after this was closed, which must not happen on it. Absent, and
   *     for a cluster: a thread of its own
   * @throws IllegalArgumentException when the URI names no Redis
   * @throws RedisRefused when Redis cannot be reached, does not let the user in, or evicts keys
   */
  public static RedisLedger connect(
      RedisSettings settings,
      Clock local,
      Supplier<? extends Marks> marks,
      Consumer<RedisNews> news,
      Optional<EventLoop> loop) {
    return Opening.open(new Opening.Parts(settings, local, marks, news, loop, () -> 0));
  }

  /** The same on a thread of its own, with marks that are there already. */
  public static RedisLedger connect(
      RedisSettings settings, Clock local, Marks marks, Consumer<RedisNews> news) {
    return connect(settings, local, () -> marks, news, Optional.empty());
  }

  /**
   * For tests.
   *
   * @param clockOverride microseconds that the script takes for the time; 0 for Redis' own
   */
  static RedisLedger connect(
      RedisSettings settings, Clock local, Marks marks, LongSupplier clockOverride) {
    return Opening.open(
        new Opening.Parts(
            settings, local, () -> marks, news -> {}, Optional.empty(), clockOverride));
  }

  Watch watch() {
    return watch;
  }

  boolean slotted() {
    return slotted;
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    CompletableFuture<Admission> told =
        slotted
            ? cluster.hold(request)
            : asker.ask(request, Spent.NOTHING).thenApply(Asker.Answer::admission);
    return told.thenApply(
        admission -> {
          if (admission instanceof Admission.Admitted(Hold hold, var headroom)) {
            calls.admitted(hold, request);
          }
          return admission;
        });
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    LiveCalls.Live live = calls.over(hold.id());
    Amount held = live == null ? Amount.ZERO : live.hold().amount();
    Ending ending = Ending.of(hold, settlement, !slotted && !hold.id().isSlice(), held);
    CompletionStage<Void> settled = done(slotted ? cluster.settle(ending) : keeper.keep(ending));
    if (live != null && !settlement.charge().minusOrZero(held).isZero()) {
      settled.thenRun(() -> raiseOver(live));
    }
    return settled;
  }

  /** What was used beyond the hold may be above the mark. */
  private void raiseOver(LiveCalls.Live live) {
    for (Claim claim : live.claims()) {
      claim.limits().budget().ifPresent(budget -> raising.ahead(claim.account(), budget));
    }
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    calls.over(request.id());
    Ending ending = Ending.released(request.id(), request.accounts(), Kind.RELEASED);
    return done(slotted ? cluster.settle(ending) : keeper.keep(ending));
  }

  @Override
  public CompletionStage<Amount> credit(AccountId account, Amount most) {
    MendOperation credit = MendOperation.credit(account, most);
    pipeline.submit(credit);
    return credit
        .told()
        .thenApply(told -> new Amount(told.numbers().get(0), told.numbers().get(1)));
  }

  /** For tests. */
  MendOperation tell(MendOperation operation) {
    submit(operation);
    return operation;
  }

  /** For tests. */
  void submit(Operation operation) {
    pipeline.submit(operation);
  }

  /** For tests. */
  void enter(Gate gate) {
    pipeline.gates().enter(gate);
  }

  /** Ends without a farewell, as a kill does. */
  void disconnectAtOnce() {
    disconnect.run();
  }

  private static CompletionStage<Void> done(CompletionStage<?> stage) {
    return stage.thenAccept(outcome -> {});
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    return renewals.renew(open);
  }

  @Override
  public Duration lease() {
    return lease;
  }

  @Override
  public CompletionStage<Standing> standing(AccountId account) {
    Look look = new Look(account);
    pipeline.submit(look);
    return look.standing();
  }

  /** Settlements that Redis has not acknowledged yet, and sums of those beyond 100,000. */
  public int unacknowledged() {
    return keeper.open();
  }

  /** Settlements that were dropped as too many waited; their calls are charged all they held. */
  public long dropped() {
    return keeper.dropped();
  }

  /** Waits for settlements to be acknowledged, for two seconds at most, and disconnects. */
  @Override
  public void close() {
    long until = System.nanoTime() + FAREWELL_NANOS;
    while (keeper.open() > 0 && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    watch
        .farewell(keeper.open() == 0)
        .completeOnTimeout(null, FAREWELL_NANOS, TimeUnit.NANOSECONDS)
        .join();
    disconnect.run();
  }
}
