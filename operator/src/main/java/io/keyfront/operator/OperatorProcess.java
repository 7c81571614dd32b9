package io.keyfront.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.keyfront.compiler.Rules;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.token.TokenMint;
import io.keyfront.operator.apply.EventWriter;
import io.keyfront.operator.apply.MintedSecretWriter;
import io.keyfront.operator.apply.Plaintexts;
import io.keyfront.operator.apply.PublishedParts;
import io.keyfront.operator.apply.Publisher;
import io.keyfront.operator.apply.Signals;
import io.keyfront.operator.apply.SigningKeys;
import io.keyfront.operator.apply.SigningSecretWriter;
import io.keyfront.operator.check.KeyChecks;
import io.keyfront.operator.observe.ClusterIssuer;
import io.keyfront.operator.observe.LeaseStore;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.observe.SigningSecret;
import io.keyfront.operator.observe.TokenEnvironment;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.Plans;
import io.keyfront.operator.reconcile.Contested;
import io.keyfront.operator.reconcile.Desk;
import io.keyfront.operator.reconcile.Farewell;
import io.keyfront.operator.reconcile.Heartbeat;
import io.keyfront.operator.reconcile.Inbound;
import io.keyfront.operator.reconcile.Pace;
import io.keyfront.operator.reconcile.Pending;
import io.keyfront.operator.reconcile.TokenReconciler;
import io.keyfront.operator.reconcile.TokenSecrets;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.operator.serve.StatusServer;
import io.keyfront.operator.usage.LedgerSource;
import io.keyfront.operator.usage.UsageReader;
import io.keyfront.operator.usage.UsageWork;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One operator, from start to stop. */
public final class OperatorProcess implements AutoCloseable {
  private static final int ECHOES_PER_SECOND = 100;
  private static final int USAGE_PER_SECOND = 20;
  private static final int EVENTS_WAITING = 256;
  private static final Duration LEDGER_PAUSE = Duration.ofSeconds(5);
  private static final Duration KEY_CHECK_LIMIT = Duration.ofSeconds(10);
  private static final Duration ACCESS_PAUSE = Duration.ofSeconds(1);

  private final OperatorSettings settings;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final InstantSource clock = InstantSource.system();
  private final Signals signals = new Signals();
  private final Inbound inbound = new Inbound();
  private final Plans plans = new Plans();
  private final Pending pending = new Pending();
  private final Contested contested = new Contested();
  private final Map<ObjectName, Standing> standings = new ConcurrentHashMap<>();
  private final PublishedParts parts = new PublishedParts(signals::part);
  private final Proxies proxies = new Proxies(System::nanoTime, () -> pending.heard(inbound));
  private final World world;
  private final Watches watches;
  private final Controllers controllers;
  private final LeaseAccess access;
  private final ClusterIssuer issuer;
  private final SigningSecret signingSecret;
  private final SigningKeys keys;
  private final Publisher publisher;
  private final KeyChecks checks;
  private final ThreadPoolExecutor eventThreads =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(EVENTS_WAITING),
          Thread.ofPlatform().daemon().name("events").factory());
  private final Leadership leadership;
  private final Sight sight = new Sight(this::seesAll);
  private final Probes probes;
  private volatile StatusServer server = StatusServer.NONE;

  /**
   * @param identity what this operator is called in the leader Lease
   * @param ledger what spend is read from; connected to while this operator leads
   * @param onLost called when another operator took over
   */
  public OperatorProcess(
      KubernetesClient client,
      OperatorSettings settings,
      String identity,
      Optional<LedgerSource> ledger,
      Runnable onLost) {
    this.settings = settings;
    TokenEnvironment environment = new TokenEnvironment(settings.serviceUrl());
    Changes changes = new Changes(signals, plans, inbound, contested);
    world = new World(environment, changes);
    signingSecret = new SigningSecret(() -> keysChanged(changes));
    watches = new Watches(client, settings, metrics);
    controllers =
        new Controllers(
            client,
            settings,
            world,
            inbound,
            new LeaderCallbacks(this::lead, this::lost, leader -> {}),
            identity);
    access = new LeaseAccess(client, settings.namespace(), ACCESS_PAUSE);
    issuer = new ClusterIssuer(client, signals::common);
    EventWriter events = new EventWriter(client, eventThreads, clock, metrics);
    keys =
        new SigningKeys(
            signingSecret,
            new SigningSecretWriter(client, settings.namespace(), signingSecret),
            world,
            settings.signingKeyLifetime(),
            clock,
            events,
            () -> changes.signedTokens(world),
            sight::once);
    Rules rules = new Rules(settings.loopbackEndpoints(), Set.of(settings.namespace()), true);
    publisher =
        new Publisher(
            client,
            settings.proxyNamespace(),
            new Publisher.Inputs(
                world,
                signals,
                plans,
                parts,
                rules,
                () -> new Authorities(keys.authority(), issuer.get().serviceAccounts()),
                inbound,
                clock,
                metrics,
                () -> sight.once() && issuer.wasAsked()));
    Desk desk =
        new Desk(
            world,
            plans,
            proxies,
            pending,
            new Pace(ECHOES_PER_SECOND, System::nanoTime),
            events,
            metrics,
            clock,
            sight::once);
    Plaintexts plaintexts = new Plaintexts(new TokenMint(new SecureRandom()), keys::signer, clock);
    MintedSecretWriter writer =
        new MintedSecretWriter(client, environment, world.minted(), plaintexts, clock, metrics);
    checks = new KeyChecks(KEY_CHECK_LIMIT, inbound, clock);
    controllers.register(
        desk,
        checks,
        source ->
            new TokenReconciler(
                desk,
                new TokenSecrets(world, writer, keys, contested),
                new Farewell(desk, client),
                standings,
                source));
    leadership = new Leadership(leadersWork(ledger), onLost);
    probes = new Probes(leadership, access, sight, controllers, watches);
    Gauges.register(metrics, world, proxies, leadership::isHeld);
    metrics.gauge("keyfront_operator_signing_keys", () -> keys.kids().size());
  }

  private Map<String, Runnable> leadersWork(Optional<LedgerSource> ledger) {
    Map<String, Runnable> work = new LinkedHashMap<>();
    work.put("issuer", issuer);
    work.put("signing keys", keys);
    work.put("rounds", publisher);
    work.put("heartbeat", new Heartbeat(proxies, pending, plans, inbound));
    ledger.ifPresent(
        from -> {
          UsageWork usage = new UsageWork(from, this::usageReader, LEDGER_PAUSE);
          metrics.gauge("keyfront_operator_ledger_connected", () -> usage.isConnected() ? 1 : 0);
          work.put("usage", usage);
        });
    return work;
  }

  private UsageReader usageReader(Ledger ledger) {
    Pace pace = new Pace(USAGE_PER_SECOND, System::nanoTime);
    return new UsageReader(world, ledger, standings, pace, inbound, settings.usageTurn());
  }

  /** What others signed is nobody's any more, and what waited for a key can be signed. */
  private void keysChanged(Changes changes) {
    signals.common();
    changes.signedTokens(world);
    keys.wake();
  }

  /**
   * Starts; returns when our kinds were seen once, or when {@link #waitNoMore} was called before
   * the API server let it begin.
   *
   * @throws IOException when the address of the probes cannot be had
   */
  public void start() throws IOException {
    server =
        StatusServer.start(settings.listen(), probes::health, probes::readiness, metrics::scrape);
    if (settings.leaderElection() && !access.await()) {
      return;
    }
    controllers.start();
    watches.start(world, parts, new LeaseStore(proxies, clock), signingSecret);
    if (!settings.leaderElection()) {
      lead();
    }
  }

  /** Has a start return that waits for the API server to let it begin; it is to be closed then. */
  public void waitNoMore() {
    access.end();
  }

  /**
   * Runs something more while this operator leads, on a thread of its own.
   *
   * @param work runs until it is interrupted
   */
  public void whileLeading(String name, Runnable work) {
    leadership.add(name, work);
  }

  private boolean seesAll() {
    return watches.synced() && controllers.watching();
  }

  private void lead() {
    leadership.take();
  }

  private void lost() {
    leadership.lose();
  }

  public boolean isLeading() {
    return leadership.isHeld();
  }

  public boolean isReady() {
    return probes.readiness().well();
  }

  public OperatorMetrics metrics() {
    return metrics;
  }

  /** The port of the probes. */
  public int port() {
    return server.port();
  }

  /** Ends what is under way and gives the leadership back. */
  @Override
  public void close() {
    access.end();
    leadership.end();
    controllers.stop();
    watches.close();
    publisher.close();
    checks.close();
    eventThreads.shutdownNow();
    server.close();
  }
}
