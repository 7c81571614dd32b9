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
  private final Marks marks;
  private final Duration grace;
  private final Consumer<RedisNews> news;
  private final Mending mending;

  /** Its name on this site, the same after its restart. */
  private final String proxy;

  /** What this proxy knows that the server has; empty before it first did. */
  private Optional<Sighting> known;

  private Inspection server = Inspection.FORBIDDEN;

  /** The one that arrived: the site may be on its way to another already. */
  private Object where;

  private Gate gate = Gate.OPEN;

  /** For how long budgets are closed at it, where nobody has said so yet. */
  private Duration closing;

  private Site.Signs signs;
  private boolean stranger = true;
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
    this.marks = parts.marks;
    this.grace = parts.settings.grace();
    this.closing = grace;
    this.where = site.server();
    this.news = parts.news;
    this.mending = new Mending(site, parts);
    this.known = marks.seen(site.name());
    this.proxy = known.map(Sighting::proxy).orElseGet(() -> Sighting.named(name(), site.name()));
    this.signs = site.signs(proxy, 0);
  }

  private static String name() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** Whether this server was greeted already. */
  boolean isOf(Inspection found) {
    return acquainted && server.epoch() == found.epoch();
  }

  /** A connection was made; nothing has been asked on it. */
  void arrived(Inspection found, Optional<Script> fence) {
    server = found;
    where = site.server();
    round++;
    signs = site.signs(proxy, found.epoch());
    Optional<String> key = marks.kept() ? signs.opening() : Optional.empty();
    boolean shut = marks.kept() && key.isEmpty();
    Gate before = pipeline.gate(where);
    stranger = !isGreeted(before);
    closing = before == null || stranger ? grace : before.shutTime();
    gate = new Gate(found.epoch(), key, fence, shut ? Gate.UNTIL_TOLD : Gate.NEVER_SHUT);
    pipeline.enter(where, gate);
    greeting = false;
    mends = false;
    acquainted = false;
    // Before any call is admitted that asks from now on.
    mending.renew();
    loop.execute(this::greet);
  }

  /** Whether a server of a cluster was greeted for another of its slots: then it lost nothing. */
  private boolean isGreeted(@Nullable Gate before) {
    return !site.isWhole()
        && before != null
        && before.epoch() == server.epoch()
        && before.shutUntil() != Gate.UNTIL_TOLD;
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
            mending.account(account, gate.epoch());
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
    return ask(signs.close(alone ? Duration.ZERO : misses(found) ? grace : closing, misses(found)));
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
    acquainted = true;
    boolean replaced = stranger && known.isPresent() && known.get().epoch() != server.epoch();
    boolean misses = misses(found);
    if (replaced) {
      news.accept(new RedisNews.Replaced());
    }
    if (misses) {
      news.accept(new RedisNews.Forgot(age(found)));
    }
    if (opens(told) && marks.kept()) {
      news.accept(new RedisNews.Closed(Duration.ofMillis(Math.ceilDiv(shutMicros(told), 1000L))));
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

  private static long shutMicros(Told told) {
    return told.numbers().get(1) - told.clock();
  }

  /** Whether budgets open only later. Where no key tells calls so, the gate does. */
  private boolean opens(Told told) {
    boolean later = shutMicros(told) > 0;
    if (marks.kept() && !site.isWhole()) {
      long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(shutMicros(told));
      gate = gate.shut(later ? until : Gate.NEVER_SHUT);
      pipeline.enter(where, gate);
    }
    return later;
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
            .all(new Mending.Loss(gate.epoch(), told.clock(), from, all), () -> now == round)
            .thenAccept(
                done -> {
                  if (now == round) {
                    known = Optional.of(sighting(Math.max(0, from), false));
                    news.accept(done);
                    mends = false;
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
                    mends = false;
                    mended();
                  }
                });
  }

  private Sighting sighting(long beat, boolean last) {
    return new Sighting(proxy, server.epoch(), beat, last);
  }

  /** The server has all that this proxy knows: from now on a beat may say so. */
  private void mended() {
    long beat = known.map(Sighting::beat).filter(any -> any > 0).orElse(0L);
    known = Optional.of(sighting(beat, false));
    beat();
  }

  /** Gives a sign of life, if all is well. */
  void beat() {
    if (greeting || mends || known.isEmpty()) {
      return;
    }
    int now = round;
    var _ =
        ask(signs.beat(known.get().beat()))
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
    boolean closed = marks.kept() && found.numbers().get(1) < 0;
    if (misses(found) || closed) {
      greet();
      return;
    }
    opens(found);
    Sighting seen = sighting(Math.max(found.clock(), found.first() + 1), leaving);
    known = Optional.of(seen);
    marks.saw(seen);
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
