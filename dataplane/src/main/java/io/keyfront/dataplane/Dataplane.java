package io.keyfront.dataplane;

import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.dataplane.admit.Admitting;
import io.keyfront.dataplane.admit.MeteredLedger;
import io.keyfront.dataplane.admit.Renewals;
import io.keyfront.dataplane.authenticate.Authenticator;
import io.keyfront.dataplane.authenticate.Sessions;
import io.keyfront.dataplane.authenticate.Signatures;
import io.keyfront.dataplane.authenticate.Vouching;
import io.keyfront.dataplane.count.InputCounts;
import io.keyfront.dataplane.count.VocabularyCounts;
import io.keyfront.dataplane.forward.CountCalls;
import io.keyfront.dataplane.forward.Forwarder;
import io.keyfront.dataplane.forward.Upstream;
import io.keyfront.dataplane.forward.UpstreamTrust;
import io.keyfront.dataplane.intake.BodyBudget;
import io.keyfront.dataplane.intake.BodyReader;
import io.keyfront.dataplane.intake.Intake;
import io.keyfront.dataplane.manage.Condition;
import io.keyfront.dataplane.manage.ManagementServer;
import io.keyfront.dataplane.manage.Readiness;
import io.keyfront.dataplane.settle.CallLog;
import io.keyfront.dataplane.settle.CallMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The proxy: the agents' port on every event loop, and the management port. */
public final class Dataplane {
  private static final long WATCH_MILLIS = 250;

  private final Vertx vertx;
  private final DataplaneOptions options;
  private final Parts parts;
  private final List<AgentServer> servers = new CopyOnWriteArrayList<>();
  private final BodyBudget budget;
  private final VocabularyCounts vocabularies;
  private final Ledger ledger;
  private volatile int agentsPort;
  private volatile int managementPort;
  private volatile boolean draining;

  /**
   * What the proxy works with.
   *
   * @param snapshots gives the current one; asked once per call
   * @param mounts what else the management port serves, by path prefix
   * @param condition what it needs before it serves
   * @param vouching asked about ServiceAccounts whose signature is good
   * @param clock tells whether a token has ended
   */
  public record Parts(
      Supplier<Snapshot> snapshots,
      Ledger ledger,
      CallLog log,
      PrometheusMeterRegistry metrics,
      Map<String, Handler<HttpServerRequest>> mounts,
      Condition condition,
      Vouching vouching,
      InstantSource clock) {}

  private Dataplane(Vertx vertx, DataplaneOptions options, Parts parts) {
    this.vertx = vertx;
    this.options = options;
    this.parts = parts;
    this.ledger = new MeteredLedger(parts.ledger(), parts.metrics());
    this.budget = new BodyBudget(options.bounds().bodiesBytes());
    this.vocabularies = new VocabularyCounts(vertx);
  }

  /** Listens on both ports; fails when one of them is taken. */
  public static Future<Dataplane> start(Vertx vertx, DataplaneOptions options, Parts parts) {
    Dataplane dataplane = new Dataplane(vertx, options, parts);
    return dataplane.listen().map(dataplane);
  }

  private Future<Void> listen() {
    CallMetrics counted = new CallMetrics(parts.metrics());
    CallLog log =
        call -> {
          counted.record(call);
          parts.log().record(call);
        };
    registerGauges();
    UpstreamTrust trust = UpstreamTrust.of(options.upstreamCa());
    Authenticator authenticator =
        new Authenticator(new Sessions(), new Signatures(), parts.vouching());
    Optional<AgentCertificate> files = options.tls().map(tls -> new AgentCertificate(vertx, tls));
    Optional<KeyCertOptions> certificate = files.flatMap(AgentCertificate::changed);
    DeploymentOptions instances = new DeploymentOptions().setInstances(options.eventLoops());
    return vertx
        .deployVerticle(() -> new Loop(authenticator, trust, certificate, log), instances)
        .onSuccess(
            deployed -> files.ifPresent(pem -> new CertificateWatch(vertx, pem, servers).start()))
        .compose(deployed -> manage())
        .onSuccess(management -> managementPort = management.actualPort())
        .onSuccess(management -> readPrices())
        .mapEmpty();
  }

  /** The table of prices is read when it is first asked: not by the first call's event loop. */
  private void readPrices() {
    vertx.executeBlocking(
        () -> parts.snapshots().get().settings().prices().find("openai", "gpt-5"), false);
  }

  private void registerGauges() {
    parts.metrics().gauge("keyfront.calls.active", this, Dataplane::activeCalls);
    parts.metrics().gauge("keyfront.bodies.bytes", budget, BodyBudget::takenBytes);
    parts
        .metrics()
        .gauge("keyfront.active.tokens", this, d -> d.parts.snapshots().get().tokens().size());
    parts
        .metrics()
        .gauge("keyfront.credentials", this, d -> d.parts.snapshots().get().credentials().size());
  }

  private Future<HttpServer> manage() {
    return new ManagementServer(vertx, this::readiness, parts.metrics()::scrape, parts.mounts())
        .listen(options.management().host(), options.management().port());
  }

  private Readiness readiness() {
    String digest = parts.snapshots().get().digest();
    return Readiness.of(draining, parts.condition(), digest, activeCalls());
  }

  /** Calls under way, on all event loops. */
  public int activeCalls() {
    return servers.stream().mapToInt(AgentServer::active).sum();
  }

  /** Agents' connections now, on all event loops. */
  public int connections() {
    return servers.stream().mapToInt(AgentServer::connections).sum();
  }

  /** Bytes of request bodies in memory now. */
  public long bodyBytes() {
    return budget.takenBytes();
  }

  public int agentsPort() {
    return agentsPort;
  }

  public int managementPort() {
    return managementPort;
  }

  /** Is not ready any more, but takes calls until who sends them has heard of it. */
  public Future<Void> withdraw(Duration grace) {
    draining = true;
    servers.forEach(AgentServer::withdraw);
    return grace.isZero()
        ? Future.succeededFuture()
        : vertx.timer(grace.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  /** Takes no new calls and waits for those under way, at most so long; then closes them. */
  public Future<Void> drain(Duration patience) {
    draining = true;
    return Future.join(servers.stream().map(server -> server.drain(patience.toMillis())).toList())
        .mapEmpty();
  }

  /** One event loop: its own stages, its own connections to providers. */
  private final class Loop extends AbstractVerticle {
    private final Authenticator authenticator;
    private final UpstreamTrust trust;
    private final Optional<KeyCertOptions> certificate;
    private final CallLog log;

    Loop(
        Authenticator authenticator,
        UpstreamTrust trust,
        Optional<KeyCertOptions> certificate,
        CallLog log) {
      this.authenticator = authenticator;
      this.trust = trust;
      this.certificate = certificate;
      this.log = log;
    }

    @Override
    public void start(Promise<Void> started) {
      Upstream upstream = new Upstream(vertx, options, trust);
      Stages stages =
          new Stages(
              vertx,
              authenticator,
              new BodyReader(vertx, options.bounds().bodyBytes(), budget),
              budget,
              new Admitting(
                  vertx,
                  ledger,
                  new InputCounts(vertx, vocabularies, new CountCalls(vertx, upstream))),
              new Forwarder(vertx, upstream),
              ledger,
              new Renewals(vertx, ledger),
              log,
              new Watch(vertx, WATCH_MILLIS),
              options.timeouts());
      AgentServer server =
          new AgentServer(
              new Intake(parts.snapshots(), parts.clock()),
              stages,
              new SideRoutes(authenticator, ledger),
              options,
              parts.condition(),
              parts.metrics().counter("keyfront.connections.refused"));
      server
          .listen(certificate)
          .onSuccess(
              listening -> {
                servers.add(server);
                agentsPort = listening.actualPort();
              })
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
