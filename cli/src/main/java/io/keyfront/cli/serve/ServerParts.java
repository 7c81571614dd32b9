package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.core.notice.Notice;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.dataplane.Dataplane;
import io.keyfront.dataplane.authenticate.Vouching;
import io.keyfront.dataplane.manage.Condition;
import io.keyfront.dataplane.settle.CallLogWriter;
import io.keyfront.dataplane.settle.CallRecordFormat;
import io.keyfront.dataplane.settle.CallRecordJson;
import io.keyfront.dataplane.settle.CallRecordText;
import io.keyfront.dataplane.webhook.Pace;
import io.keyfront.dataplane.webhook.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every server is made of, wherever its configuration comes from. */
final class ServerParts implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration CUT = Duration.ofSeconds(1);

  private final ServeOptions options;
  private final EventLoops loops;
  private final OpenLedger ledger;
  private final Supplier<Snapshot> snapshots;
  private final PrometheusMeterRegistry metrics;
  private final InstantSource clock;
  private final CallLogWriter calls;
  private final Webhooks webhooks;
  private @Nullable Dataplane serving;

  /**
   * What differs between servers.
   *
   * @param recent what administrators did lately
   * @param records takes the call records
   * @param terminal whether a person reads them
   */
  record Given(
      EventLoops loops,
      OpenLedger ledger,
      Supplier<Snapshot> snapshots,
      Supplier<List<Notice>> recent,
      PrometheusMeterRegistry metrics,
      OutputStream records,
      boolean terminal,
      InstantSource clock) {}

  ServerParts(ServeOptions options, Given given) {
    this.options = options;
    this.loops = given.loops();
    this.ledger = given.ledger();
    this.snapshots = given.snapshots();
    this.metrics = given.metrics();
    this.clock = given.clock();
    this.calls = new CallLogWriter(given.records(), format(options.logFormat(), given.terminal()));
    metrics.gauge("keyfront.call.records.dropped", calls, CallLogWriter::dropped);
    this.webhooks =
        Webhooks.of(
            new Webhooks.Parts(
                loops.vertx(),
                snapshots,
                ledger.ledger(),
                ledger.notices(),
                given.recent(),
                metrics,
                options.upstreamCa(),
                given.clock()),
            Pace.USUAL);
  }

  /** Text where a person reads, unless something else was asked for. */
  static CallRecordFormat format(LogFormat wanted, boolean terminal) {
    boolean text =
        switch (wanted) {
          case AUTO -> terminal;
          case TEXT -> true;
          case JSON -> false;
        };
    return text ? new CallRecordText() : new CallRecordJson();
  }

  Webhooks webhooks() {
    return webhooks;
  }

  /** Waits until both ports take calls. */
  Dataplane start(
      Map<String, Handler<HttpServerRequest>> mounts, Condition condition, Vouching vouching) {
    Dataplane.Parts parts =
        new Dataplane.Parts(
            snapshots, webhooks.ledger(), calls, metrics, mounts, condition, vouching, clock);
    try {
      Dataplane started =
          EventLoops.started(Dataplane.start(loops.vertx(), options.dataplane(), parts));
      serving = started;
      webhooks.begin();
      return started;
    } catch (IllegalArgumentException unusable) {
      // A file of certificates or keys that an option names.
      throw new CommandFailed(String.valueOf(unusable.getMessage()));
    }
  }

  /** Is withdrawn, takes no new calls, and waits for those under way as the options say. */
  void drain(Dataplane dataplane) {
    EventLoops.await(dataplane.withdraw(options.drainGrace()), options.drainGrace().plus(STOP));
    Duration patience = options.drainTimeout();
    EventLoops.await(dataplane.drain(patience), patience.plus(STOP));
    webhooks.drain(STOP);
  }

  /** Cuts what is still under way, and stores what was used. */
  @Override
  public void close() {
    webhooks.close();
    if (serving != null) {
      cut(serving);
    }
    // It may speak to Redis on one of the loops.
    ledger.close();
    loops.close();
    calls.close();
  }

  /** Returns when every call has told the ledger what it used. */
  private static void cut(Dataplane dataplane) {
    EventLoops.await(dataplane.drain(Duration.ZERO), STOP);
    long until = System.nanoTime() + CUT.toNanos();
    while (dataplane.activeCalls() > 0 && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
