package io.keyfront.dataplane;

import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.dataplane.authenticate.Vouching;
import io.keyfront.dataplane.manage.Condition;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.ledger.local.LocalLedger;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A real proxy on loopback with everything on, for one test class. */
final class ProxyUnderTest implements AutoCloseable {
  static final String TOKEN = "kf_fake-token-for-tests-000000000000000000000";

  private static final DataplaneOptions.Timeouts SHORT =
      new DataplaneOptions.Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3));

  private final Vertx vertx;
  private final AtomicReference<Snapshot> snapshot;
  private final LocalLedger ledger = LocalLedger.inMemory(Clock.systemUTC());
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<CallRecord> records = new CopyOnWriteArrayList<>();
  private final AtomicReference<Vouching> vouching = new AtomicReference<>(Vouching.BY_SIGNATURE);
  private final Dataplane dataplane;

  private ProxyUnderTest(Snapshot first, DataplaneOptions options, UnaryOperator<Ledger> far) {
    this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    this.snapshot = new AtomicReference<>(first);
    Dataplane.Parts parts =
        new Dataplane.Parts(
            snapshot::get,
            far.apply(ledger),
            records::add,
            metrics,
            Map.of(),
            Condition.GIVEN,
            question -> vouching.get().ask(question),
            InstantSource.system());
    this.dataplane = await(Dataplane.start(vertx, options.withPorts(0, 0), parts));
  }

  static ProxyUnderTest start(Snapshot first) {
    return start(first, DataplaneOptions.DEFAULT.withTimeouts(SHORT));
  }

  static ProxyUnderTest start(Snapshot first, DataplaneOptions options) {
    return new ProxyUnderTest(first, options, near -> near);
  }

  /** With another ledger than its own. */
  static ProxyUnderTest start(Snapshot first, Ledger far) {
    return start(first, shortTimeouts(), far);
  }

  static ProxyUnderTest start(Snapshot first, DataplaneOptions options, Ledger far) {
    return new ProxyUnderTest(first, options, near -> far);
  }

  static DataplaneOptions shortTimeouts() {
    return DataplaneOptions.DEFAULT.withTimeouts(SHORT);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + dataplane.agentsPort() + path);
  }

  int port() {
    return dataplane.agentsPort();
  }

  URI management(String path) {
    return URI.create("http://127.0.0.1:" + dataplane.managementPort() + path);
  }

  void use(Snapshot next) {
    snapshot.set(next);
  }

  /** Who is asked about ServiceAccounts from now on. */
  void ask(Vouching other) {
    vouching.set(other);
  }

  Dataplane dataplane() {
    return dataplane;
  }

  LocalLedger ledger() {
    return ledger;
  }

  List<CallRecord> records() {
    return records;
  }

  /** Waits for the record that the newest call leaves, and forgets it. */
  CallRecord nextRecord() {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !records.isEmpty());
    return records.removeFirst();
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException("The proxy did not start.", failed);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
