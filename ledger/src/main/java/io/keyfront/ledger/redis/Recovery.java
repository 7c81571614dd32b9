package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.MendOperation.Told;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether a server has lost data, and puts it right. This proxy writes a sign of life every
 * second, in turn with all else: what is found of it after a loss tells how old the data is. Until
 * the proxies that are alive have told what is missing, budgets are closed: a server that nobody
 * has greeted admits nothing under a budget. On the link's thread but for what {@link Watch} says.
 */
final class Recovery implements Watch {
  static final Duration EVERY = Duration.ofSeconds(1);
  private static final long AGAIN_MILLIS = 50;

  private final Site site;
  private final EventExecutor loop;
  private final Pipeline pipeline;
  private final LiveCalls calls;
  private final Duration grace;
  private final Consumer<RedisNews> news;
  private final Mending mending;
  private final Remembered known;
  private final Door door;

  private Inspection server = Inspection.FORBIDDEN;
  private Site.Signs signs;
  private boolean acquainted;
  private boolean greeting;
  private boolean mends;

  /** Rises with every server that is greeted, so that what was begun for another one ends. */
  private int round;

  private @Nullable CompletableFuture<Void> greeted;
  private boolean beating;
  private boolean leaving;
  private boolean unheard;

  /**
   * What it is made of.
   *
   * @param calls what could be told again
   */
  record Parts(
      EventExecutor loop,
      Pipeline pipeline,
      LiveCalls calls,
      Marks marks,
      RedisSettings settings,
      Consumer<RedisNews> news) {}

  Recovery(Site site, Parts parts) {
    this.site = site;
    this.loop = parts.loop;
    this.pipeline = parts.pipeline;
    this.calls = parts.calls;
    this.grace = parts.settings.grace();
    this.news = parts.news;
    this.mending = new Mending(site, parts);
    this.known = new Remembered(parts.marks, site);
    this.door = new Door(site, pipeline, parts.marks.kept(), grace);
    this.signs = site.signs(known.proxy(), 0);
  }

  /** Whether this server was greeted already. */
  boolean isOf(Inspection found) {
    return acquainted && server.epoch() == found.epoch();
  }

  /** A connection was made; nothing has been asked on it. */
  void arrived(Inspection found, Optional<Script> fence) {
    server = found;
    round++;
    signs = site.signs(known.proxy(), found.epoch());
    door.arrived(found.epoch(), fence, signs);
    greeting = false;
    mends = false;
    acquainted = false;
    // Before any call is admitted that asks from now on.
    mending.renew();
    loop.execute(this::greet);
  }

  @Override
  public CompletableFuture<Void> greeted() {
    CompletableFuture<Void> waits = new CompletableFuture<>();
    loop.execute(
        () -> {
          greeted = waits;
          greet();
        });
    return waits;
  }

  @Override
  public void unopened() {
    loop.execute(this::greet);
  }

  @Override
  public void lost(AccountId account) {
    loop.execute(
        () -> {
          greet();
          if (!mends) {
            mending.account(account, door.epoch());
          }
        });
  }

  @Override
  public void start() {
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
        ask(signs.look())
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
    boolean empty = site.isWhole() ? found.numbers().get(2) == 0 : server.empty();
    // Who was here before would have come back by now.
    boolean alone =
        known.isEmpty() && empty && server.uptime().compareTo(grace.multipliedBy(2)) >= 0;
    boolean misses = known.misses(found);
    Duration closing = misses ? grace : door.closing();
    return ask(signs.close(alone ? Duration.ZERO : closing, misses));
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
    acquainted = true;
    boolean replaced = door.isStrangers() && known.isOfAnother(server.epoch());
    boolean misses = known.misses(found);
    if (replaced) {
      news.accept(new RedisNews.Replaced());
    }
    if (misses) {
      news.accept(new RedisNews.Forgot(known.age(found)));
    }
    long closed = door.hears(told);
    if (closed > 0) {
      news.accept(new RedisNews.Closed(Duration.ofMillis(Math.ceilDiv(closed, 1000L))));
    }
    if (replaced || misses) {
      mend(found, told);
    } else if (known.isEmpty()) {
      tellRecent();
    } else {
      mended();
    }
    if (greeted != null) {
      greeted.complete(null);
      greeted = null;
    }
  }

  private void mend(Told found, Told told) {
    mends = true;
    int now = round;
    long from = found.first();
    // Who was killed does not know what it was told after its last beat.
    boolean whole = !known.misses(found) && known.isLast();
    boolean all = from < 0 || !(whole || calls.covers(from));
    var _ =
        mending
            .all(new Mending.Loss(door.epoch(), told.clock(), from, all), () -> now == round)
            .thenAccept(
                done -> {
                  if (now == round) {
                    known.has(server.epoch(), Math.max(0, from));
                    news.accept(done);
                    mended();
                  }
                });
  }

  /**
   * A server of which nothing is remembered: slots moved, perhaps while another one took over. What
   * this proxy can tell costs nothing where it is known; accounts that are absent say so
   * themselves.
   */
  private void tellRecent() {
    mends = true;
    int now = round;
    var _ =
        mending
            .recent(() -> now == round)
            .thenRun(
                () -> {
                  if (now == round) {
                    mended();
                  }
                });
  }

  /** The server has all that this proxy knows: from now on a beat may say so. */
  private void mended() {
    mends = false;
    known.has(server.epoch(), known.beat());
    beat();
  }

  /** Gives a sign of life, if all is well. */
  void beat() {
    if (greeting || mends || known.isEmpty()) {
      return;
    }
    int now = round;
    var _ =
        ask(signs.beat(known.beat()))
            .thenAccept(
                found -> {
                  unheard = false;
                  if (now == round && !greeting && !mends) {
                    heard(found);
                  }
                })
            .exceptionally(
                unanswered -> {
                  unheard = true;
                  return null;
                });
  }

  /** Whether the last sign of life had no answer. */
  boolean isUnheard() {
    return unheard;
  }

  private void heard(Told found) {
    if (known.misses(found) || door.isUnsaid(found)) {
      greet();
      return;
    }
    var _ = door.hears(found);
    known.saw(server.epoch(), found, leaving);
  }

  @Override
  public CompletableFuture<Void> farewell(boolean all) {
    CompletableFuture<Void> said = new CompletableFuture<>();
    loop.execute(
        () -> {
          leaving = all;
          beat();
          // Answered after the beat, whatever became of that.
          var _ = ask(signs.look()).whenComplete((any, failure) -> said.complete(null));
        });
    return said;
  }
}
