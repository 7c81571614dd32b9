package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.Version;
import io.keyfront.cli.home.Home;
import io.keyfront.cli.home.HomeTokenDesk;
import io.keyfront.cli.home.HomeUnusable;
import io.keyfront.cli.home.TokenNotices;
import io.keyfront.console.desk.ServerInfo;
import io.keyfront.console.desk.WebhookTest;
import io.keyfront.console.http.AdminApi;
import io.keyfront.console.http.AdminCalls;
import io.keyfront.console.http.AdminKey;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenMint;
import io.keyfront.dataplane.Dataplane;
import io.keyfront.dataplane.authenticate.Vouching;
import io.keyfront.dataplane.manage.Condition;
import io.keyfront.dataplane.webhook.Answer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A standalone server: every part made once, here, and given back at its end. */
public final class Standalone implements Server {
  private final ServeOptions options;
  private final Environment environment;
  private final Surroundings around;
  private final Home home;
  private final Configuration configuration;
  private final Optional<FolderWatcher> watcher;
  private final OpenLedger ledger;
  private final ServerParts parts;
  private final Dataplane dataplane;
  private final Instant startedAt;

  private Standalone(
      ServeOptions options,
      Environment environment,
      Surroundings around,
      EventLoops loops,
      Home home,
      OutputStream records) {
    this.options = options;
    this.environment = environment;
    this.around = around;
    this.home = home;
    this.startedAt = around.clock().instant();
    TokenMint mint = new TokenMint(new SecureRandom());
    this.configuration =
        new Configuration(home, environment, options.trustedHops(), mint, around.clock());
    this.watcher =
        options
            .resources()
            .map(folder -> FolderWatcher.start(new ResourceFolder(folder), configuration::load));
    if (watcher.isEmpty()) {
      configuration.compile();
    }
    this.ledger = OpenLedger.open(options, loops);
    this.parts =
        new ServerParts(
            options,
            new ServerParts.Given(
                loops,
                ledger,
                configuration::snapshot,
                new TokenNotices(home.tokens(), around.clock()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                records,
                around.terminal(),
                around.clock()));
    AdminKey adminKey = new AdminKey(environment.adminToken().orElseGet(home::adminToken));
    AdminApi admin = new AdminApi(loops.vertx(), adminKey, admin(mint));
    this.dataplane =
        parts.start(Map.of("/admin/v1", admin), Condition.GIVEN, Vouching.BY_SIGNATURE);
  }

  private Optional<WebhookTest> testWebhook(String name) {
    return parts.webhooks().test(name).map(Standalone::tested);
  }

  private static WebhookTest tested(Answer answer) {
    OptionalInt status =
        answer instanceof Answer.Answered(int given) ? OptionalInt.of(given) : OptionalInt.empty();
    return new WebhookTest(answer.isTaken(), status, answer.text());
  }

  private AdminCalls admin(TokenMint mint) {
    HomeTokenDesk desk =
        new HomeTokenDesk(
            home,
            mint,
            around.clock(),
            () -> configuration.current().declared(),
            configuration::compile);
    return new AdminCalls(
        desk,
        ledger.ledger(),
        configuration::snapshot,
        () -> configuration.current().findings(),
        this::info,
        this::testWebhook,
        around.clock());
  }

  /**
   * Starts and returns when both ports take calls.
   *
   * @throws CommandFailed when the home folder cannot be used or a port is taken
   */
  public static Standalone start(
      ServeOptions options, Environment environment, Surroundings around) {
    return start(options, environment, around, new FileOutputStream(FileDescriptor.out));
  }

  /**
   * @param records takes the call records
   */
  static Standalone start(
      ServeOptions options, Environment environment, Surroundings around, OutputStream records) {
    EventLoops loops = EventLoops.begin(options.eventLoopThreads());
    try {
      return start(options, environment, around, loops, records);
    } catch (RuntimeException failed) {
      loops.close();
      throw failed;
    }
  }

  private static Standalone start(
      ServeOptions options,
      Environment environment,
      Surroundings around,
      EventLoops loops,
      OutputStream records) {
    try {
      Home home = Home.open(options.home(), environment.secretKey(), new SecureRandom());
      try {
        Standalone server = new Standalone(options, environment, around, loops, home, records);
        home.announce(server.management(), server.agents());
        return server;
      } catch (IOException | RuntimeException failed) {
        home.close();
        throw failed;
      }
    } catch (HomeUnusable unusable) {
      throw new CommandFailed(String.valueOf(unusable.getMessage()));
    } catch (IOException | UncheckedIOException unwritable) {
      throw new CommandFailed(
          "The home folder %s cannot be written to: %s. Free its disk, or name another one with --home."
              .formatted(options.home(), unwritable.getMessage()));
    }
  }

  /** Where agents call. */
  public URI agents() {
    return options.agents(dataplane.agentsPort());
  }

  /** Where health, metrics and the admin API are. */
  public URI management() {
    return options.management().url(dataplane.managementPort());
  }

  /** The demo token's plaintext; empty when it was revoked. */
  String demoToken() {
    return home.keptToken(StandaloneDefaults.DEMO).map(SecretText::reveal).orElse("");
  }

  private ServerInfo info() {
    Configuration.Current current = configuration.current();
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("tokens", current.snapshot().tokens().size());
    counts.put("credentials", current.snapshot().credentials().size());
    counts.put("aliases", current.snapshot().aliases().size());
    counts.put("findings", current.findings().size());
    return new ServerInfo(
        Version.CURRENT,
        current.snapshot().digest(),
        agents().toString(),
        management().toString(),
        startedAt,
        counts);
  }

  @Override
  public String page(Duration readyAfter) {
    return StartPages.of(options, environment, home, configuration.current(), info(), readyAfter)
        .text();
  }

  @Override
  public int activeCalls() {
    return dataplane.activeCalls();
  }

  @Override
  public void drain() {
    parts.drain(dataplane);
  }

  /** Cuts what is still under way, stores usage, and gives the home folder back. */
  @Override
  public void close() {
    watcher.ifPresent(FolderWatcher::close);
    parts.close();
    close(home);
  }

  private static void close(Home home) {
    try {
      home.close();
    } catch (IOException already) {
      System.getLogger(Standalone.class.getName())
          .log(System.Logger.Level.WARNING, "The home folder was not given back cleanly.", already);
    }
  }
}
