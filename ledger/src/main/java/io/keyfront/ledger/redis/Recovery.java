package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.mark.Sighting;
import io.keyfront.ledger.redis.MendOperation.Told;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether Redis has lost data, and puts it right. This proxy writes a sign of life every
 * second, in turn with all else: what is found of it after a loss tells how old the data is. Until
 * the proxies that are alive have told what is missing, budgets are closed, by a key that the
 * script itself reads: a server that nobody has greeted admits nothing under a budget. On the
 * link's thread but for what says otherwise.
 */
final class Recovery {
  static final Duration EVERY = Duration.ofSeconds(1);
  private static final long AGAIN_MILLIS = 50;

  private final EventExecutor loop;
  private final Pipeline pipeline;
  private final LiveCalls calls;
  private final Marks marks;
  private final Duration grace;
  private final Consumer<RedisNews> news;
  private final Mending mending;
  private final String proxy;

  /** What this proxy knows that Redis has; empty before it first did. */
  private Optional<Sighting> known;

  private Inspection server = Inspection.FORBIDDEN;
  private boolean greeting;
  private boolean mends;

  /** Rises with every server that is greeted, so that what was begun for another one ends. */
  private int round;

  private @Nullable CompletableFuture<Void> greeted;
  private boolean beating;
  private boolean leaving;

  Recovery(
      EventExecutor loop,
      Pipeline pipeline,
      LiveCalls calls,
      Marks marks,
      RedisSettings settings,
      Consumer<RedisNews> news) {
    this.loop = loop;
    this.pipeline = pipeline;
    this.calls = calls;
    this.marks = marks;
    this.grace = settings.grace();
    this.news = news;
    this.mending = new Mending(loop, pipeline, calls, marks, settings.rules().lease());
    this.known = marks.seen();
    this.proxy = known.map(Sighting::proxy).orElseGet(Recovery::name);
  }

  private static String name() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private String beatKey() {
    return "kf:{beat:" + proxy + "}";
  }

  private static String openingKey(long epoch) {
    return "kf:{open:" + HexFormat.of().toHexDigits(epoch) + "}";
  }

  private String openingKey() {
    return openingKey(server.epoch());
  }

  /** A connection was made; nothing has been asked on it. */
  void arrived(Inspection found) {
    server = found;
    round++;
    Optional<String> key = marks.kept() ? Optional.of(openingKey()) : Optional.empty();
    pipeline.enter(new Gate(found.epoch(), key));
    greeting = false;
    mends = false;
    // Before any call is admitted that asks from now on.
    mending.renew();
    loop.execute(this::greet);
  }

  /** Completes when the server was greeted; fails with what Redis said against it. */
  CompletableFuture<Void> greeted() {
    CompletableFuture<Void> waits = new CompletableFuture<>();
    loop.execute(
        () -> {
          greeted = waits;
          greet();
        });
    return waits;
  }

  /** Nobody has said when budgets are open: from any thread. */
  void unopened() {
    loop.execute(this::greet);
  }

  /** An account is not there, though it has a mark: from any thread. */
  void lost(AccountId account) {
    loop.execute(
        () -> {
          greet();
          if (!mends) {
            mending.account(account, pipeline.epoch());
          }
        });
  }

  /** Begins to beat. */
  void start() {
    if (!beating) {
      beating = true;
      var _ =
          loop.scheduleAtFixedRate(
              this::beat, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void greet() {
    if (greeting || mends) {
      return;
    }
    greeting = true;
    int now = round;
    var _ =
        ask(MendOperation.look(beatKey(), openingKey()))
            .thenCompose(found -> closed(found).thenApply(told -> new Told[] {found, told}))
            .whenComplete(
                (both, failure) -> {
                  if (now != round) {
                    return;
                  }
                  greeting = false;
                  if (failure == null) {
                    met(both[0], both[1]);
                  } else {
                    refused(failure);
                  }
                });
  }

  private CompletableFuture<Told> ask(MendOperation operation) {
    pipeline.submit(operation);
    return operation.told();
  }

  /** Closes budgets, where nobody has for this server, or where this proxy misses something. */
  private CompletableFuture<Told> closed(Told found) {
    boolean first = known.isEmpty() && found.numbers().get(2) == 0;
    // Who was here before would have come back by now.
    boolean alone = first && server.uptime().compareTo(grace.multipliedBy(2)) >= 0;
    return ask(
        MendOperation.close(beatKey(), openingKey(), alone ? Duration.ZERO : grace, misses(found)));
  }

  /** Whether what this proxy was told is there is not there. */
  private boolean misses(Told found) {
    return known.isPresent() && known.get().beat() > found.first();
  }

  private void refused(Throwable failure) {
    if (greeted != null) {
      greeted.completeExceptionally(failure);
      greeted = null;
    } else {
      var _ = loop.schedule(this::greet, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void met(Told found, Told told) {
    calls.begin(told.clock());
    boolean replaced = known.isPresent() && known.get().epoch() != server.epoch();
    boolean misses = misses(found);
    long opens = told.numbers().get(1);
    if (replaced) {
      news.accept(new RedisNews.Replaced());
    }
    if (misses) {
      news.accept(new RedisNews.Forgot(age(found)));
    }
    if (opens > told.clock() && marks.kept()) {
      news.accept(
          new RedisNews.Closed(Duration.ofMillis(Math.ceilDiv(opens - told.clock(), 1000L))));
    }
    if (replaced || misses) {
      mend(found, told);
    } else {
      mended();
    }
    if (greeted != null) {
      greeted.complete(null);
      greeted = null;
    }
  }

  private String age(Told found) {
    long beat = known.orElseThrow().beat();
    return found.first() < 0
        ? "it knows nothing of this server"
        : "what it has is %d ms older than what it had acknowledged"
            .formatted((beat - found.first()) / 1000);
  }

  private void mend(Told found, Told told) {
    mends = true;
    int now = round;
    long from = found.first();
    // Who was killed does not know what it was told after its last beat.
    boolean whole = !misses(found) && known.orElseThrow().last();
    boolean all = from < 0 || !(whole || calls.covers(from));
    var _ =
        mending
            .all(new Mending.Loss(pipeline.epoch(), told.clock(), from, all), () -> now == round)
            .thenAccept(
                done -> {
                  if (now == round) {
                    known =
                        Optional.of(new Sighting(proxy, server.epoch(), Math.max(0, from), false));
                    news.accept(done);
                    mends = false;
                    mended();
                  }
                });
  }

  /** Redis has all that this proxy knows: from now on a beat may say so. */
  private void mended() {
    long beat = known.map(Sighting::beat).filter(any -> any > 0).orElse(0L);
    known = Optional.of(new Sighting(proxy, server.epoch(), beat, false));
    beat();
  }

  private void beat() {
    if (greeting || mends || known.isEmpty()) {
      return;
    }
    long beat = known.get().beat();
    int now = round;
    var _ =
        ask(MendOperation.beat(beatKey(), openingKey(), beat))
            .thenAccept(
                found -> {
                  if (now == round && !greeting && !mends) {
                    heard(found);
                  }
                })
            .exceptionally(unanswered -> null);
  }

  private void heard(Told found) {
    boolean closed = marks.kept() && found.numbers().get(1) < 0;
    if (misses(found) || closed) {
      greet();
      return;
    }
    Sighting seen =
        new Sighting(proxy, server.epoch(), Math.max(found.clock(), found.first() + 1), leaving);
    known = Optional.of(seen);
    marks.saw(seen);
  }

  /**
   * A last sign of life, so that the next start knows that nothing is missing. Any thread.
   *
   * @param all whether Redis has heard of everything
   */
  CompletableFuture<Void> farewell(boolean all) {
    CompletableFuture<Void> said = new CompletableFuture<>();
    loop.execute(
        () -> {
          leaving = all;
          beat();
          Look last = new Look(AccountId.EVERYTHING);
          pipeline.submit(last);
          var _ = last.standing().whenComplete((any, failure) -> said.complete(null));
        });
    return said;
  }
}
