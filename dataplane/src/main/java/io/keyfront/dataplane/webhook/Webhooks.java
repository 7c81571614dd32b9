package io.keyfront.dataplane.webhook;

import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.notice.BudgetNotices;
import io.keyfront.core.notice.Notice;
import io.keyfront.core.notice.NoticeStore;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.snapshot.Snapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Tells webhooks what holds: looks again and again, offers what it sees to the outbox, and starts
 * what is due. Nothing hangs on an event that a crash could lose, as the next look, here or on
 * another proxy, sees the same; the store says what was told already.
 */
public final class Webhooks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Parts parts;
  private final Pace pace;
  private final Touched touched = new Touched();
  private final Lookout lookout;
  private final Outbox outbox;
  private final Courier courier;
  private final Deliveries deliveries;
  private final Ledger watched;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("keyfront-webhooks").unstarted(work));

  /**
   * What is looked at, and with what.
   *
   * @param ledger where budgets stand
   * @param recent what administrators did lately; asked at every look. The same thing again has the
   *     same key, and is told once
   * @param authorities PEM file of certificate authorities to trust beside the runtime's own
   */
  public record Parts(
      Vertx vertx,
      Supplier<Snapshot> snapshots,
      Ledger ledger,
      NoticeStore store,
      Supplier<List<Notice>> recent,
      MeterRegistry metrics,
      Optional<Path> authorities,
      InstantSource clock) {}

  private Webhooks(Parts parts, Pace pace) {
    this.pace = pace;
    this.parts = parts;
    this.lookout = new Lookout(parts.ledger(), touched);
    this.outbox = new Outbox(pace.pending(), pace.giveUp());
    this.courier = new Courier(parts.vertx(), parts.authorities(), pace.answer(), parts.clock());
    this.deliveries =
        new Deliveries(parts.store(), courier, outbox, pace, parts.clock(), parts.metrics());
    this.watched = new WatchedLedger(parts.ledger(), touched, this::watchesBudgets);
  }

  /** Prepares all; looks at nothing yet. */
  public static Webhooks of(Parts parts, Pace pace) {
    Webhooks webhooks = new Webhooks(parts, pace);
    parts.metrics().gauge("keyfront.webhook.pending", webhooks.outbox, Outbox::size);
    return webhooks;
  }

  /** Begins to look; costs no more than a thread while no webhook is configured. */
  public void begin() {
    long millis = pace.look().toMillis();
    var _ = looking.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The ledger for the proxy's calls: itself, but that it is seen who spends. */
  public Ledger ledger() {
    return watched;
  }

  private List<Webhook> webhooks() {
    return parts.snapshots().get().settings().webhooks();
  }

  private boolean watchesBudgets() {
    List<Webhook> webhooks = webhooks();
    return !webhooks.isEmpty() && webhooks.stream().anyMatch(Webhook::watchesBudgets);
  }

  private void look() {
    try {
      Snapshot snapshot = parts.snapshots().get();
      List<Webhook> webhooks = snapshot.settings().webhooks();
      outbox.keepOnly(webhooks);
      if (!webhooks.isEmpty()) {
        offer(snapshot, webhooks);
        startDue();
      }
    } catch (RuntimeException bug) {
      // One look that fails must not be the last.
      LOG.log(Level.ERROR, "Looking for what to tell webhooks failed.", bug);
    }
  }

  private void offer(Snapshot snapshot, List<Webhook> webhooks) {
    List<Lookout.Sighting> seen = watchesBudgets() ? lookout.look(snapshot) : List.of();
    List<Notice> recent = parts.recent().get();
    for (Webhook webhook : webhooks) {
      for (Lookout.Sighting sighting : seen) {
        BudgetNotices.of(sighting.state(), sighting.refused(), webhook)
            .forEach(notice -> offer(webhook, notice));
      }
      recent.stream()
          .filter(notice -> webhook.wants(notice.type()))
          .forEach(notice -> offer(webhook, notice));
    }
  }

  private void offer(Webhook webhook, Notice notice) {
    outbox
        .offer(webhook, notice, parts.clock().instant())
        .ifPresent(dropped -> deliveries.count(dropped, "dropped"));
  }

  private void startDue() {
    for (Delivery delivery : outbox.start(parts.clock().instant())) {
      var _ = Thread.ofVirtual().name("keyfront-webhook").start(() -> deliveries.attempt(delivery));
    }
  }

  /**
   * Sends one test event, whatever the webhook wants. Blocks until it is answered.
   *
   * @return empty when there is no webhook of that name
   */
  public Optional<Answer> test(String name) {
    Notice test = new Notice.Test(UUID.randomUUID().toString(), parts.clock().instant());
    return webhooks().stream()
        .filter(webhook -> webhook.name().equals(name))
        .findFirst()
        .map(webhook -> courier.send(webhook, Delivery.id(test), test));
  }

  /** Looks once more and tries all that is left once more; returns when that is done. */
  public void drain(Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    looking.shutdown();
    try {
      if (!looking.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return;
    }
    outbox.hurry(parts.clock().instant());
    look();
    while (outbox.isRunning() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(SHORT_NANOS);
      startDue();
    }
  }

  /** Deliveries that wait or are under way. */
  int pending() {
    return outbox.size();
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
