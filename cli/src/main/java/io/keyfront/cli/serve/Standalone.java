package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.Version;
import io.keyfront.cli.home.Home;
import io.keyfront.cli.home.HomeTokenDesk;
import io.keyfront.cli.home.HomeUnusable;
import io.keyfront.console.desk.ServerInfo;
import io.keyfront.console.http.AdminApi;
import io.keyfront.console.http.AdminCalls;
import io.keyfront.console.http.AdminKey;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenMint;
import io.keyfront.dataplane.Dataplane;
import io.keyfront.dataplane.settle.CallLogWriter;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.dataplane.settle.CallRecordJson;
import io.keyfront.dataplane.settle.CallRecordText;
import io.keyfront.ledger.local.Journal;
import io.keyfront.ledger.local.JournalOptions;
import io.keyfront.ledger.local.JournalUnusable;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A standalone server, from its options to its end: every part made once, here. */
public final class Standalone implements AutoCloseable {
  private static final int START_SECONDS = 30;
  private static final int STOP_SECONDS = 5;

  private final ServeOptions options;
  private final Surroundings around;
  private final Home home;
  private final Configuration configuration;
  private final Optional<FolderWatcher> watcher;
  private final Journal journal;
  private final CallLogWriter calls;
  private final Vertx vertx;
  private final Dataplane dataplane;
  private final Instant startedAt;

  private Standalone(
      ServeOptions options,
      Environment environment,
      Surroundings around,
      Home home,
      OutputStream records) {
    this.options = options;
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
    this.journal = journal(home);
    this.calls = new CallLogWriter(records, this::line);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(options.eventLoops().orElse(processors()))
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    HomeTokenDesk desk =
        new HomeTokenDesk(
            home,
            mint,
            around.clock(),
            () -> configuration.current().declared(),
            configuration::compile);
    AdminCalls adminCalls =
        new AdminCalls(
            desk,
            journal.ledger(),
            configuration::snapshot,
            () -> configuration.current().findings(),
            this::info,
            around.clock());
    AdminKey adminKey = new AdminKey(environment.adminToken().orElseGet(home::adminToken));
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.gauge("keyfront.call.records.dropped", calls, CallLogWriter::dropped);
    Dataplane.Parts parts =
        new Dataplane.Parts(
            configuration::snapshot,
            journal.ledger(),
            calls,
            metrics,
            Map.of("/admin/v1", new AdminApi(vertx, adminKey, adminCalls)));
    this.dataplane = started(Dataplane.start(vertx, options.dataplane(), parts));
  }

  /**
   * Serves until a signal ends it.
   *
   * @return the exit code
   */
  public static int run(ServeOptions options, Environment environment, Surroundings around) {
    try (Standalone server = start(options, environment, around)) {
      StopSignals stop = StopSignals.listen();
      server.show(environment);
      stop.await();
      server.drain();
      return 0;
    }
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
    try {
      Home home = Home.open(options.home(), environment.secretKey(), new SecureRandom());
      try {
        Standalone server = new Standalone(options, environment, around, home, records);
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

  private static Journal journal(Home home) {
    try {
      return Journal.open(
          JournalOptions.in(home.folder().resolve("ledger")), InstantSource.system());
    } catch (JournalUnusable unusable) {
      throw new CommandFailed(String.valueOf(unusable.getMessage()));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private byte[] line(CallRecord call) {
    boolean text =
        switch (options.logFormat()) {
          case AUTO -> around.terminal();
          case TEXT -> true;
          case JSON -> false;
        };
    return text ? CallRecordText.line(call) : CallRecordJson.line(call);
  }

  /** Where agents call. */
  public URI agents() {
    return options.listen().url(dataplane.agentsPort());
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

  void show(Environment environment) {
    StartPage page =
        StartPages.of(
            options, environment, home, configuration.current(), info(), StartTime.sincePressed());
    around.err().print(page.text());
    around.err().flush();
  }

  private void drain() {
    int active = dataplane.activeCalls();
    around
        .err()
        .printf(
            "%nStopping: %s. Ctrl-C again stops at once.%n",
            active == 0 ? "no call is under way" : "waiting for " + active + " calls");
    around.err().flush();
    Duration patience = options.drainTimeout();
    await(dataplane.drain(patience), patience.plusSeconds(STOP_SECONDS));
  }

  private static Dataplane started(Future<Dataplane> start) {
    try {
      return start.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new CommandFailed(
          "Keyfront cannot listen: %s. Is it running already? Choose other ports with --listen and --management."
              .formatted(failed.getCause() == null ? failed : failed.getCause().getMessage()));
    } catch (InterruptedException | TimeoutException stopped) {
      throw new CommandFailed("Keyfront did not start within " + START_SECONDS + " s.");
    }
  }

  private static void await(Future<Void> end, Duration patience) {
    try {
      end.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException late) {
      // What is still under way is cut by closing.
      return;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts what is still under way, stores usage, and gives the home folder back. */
  @Override
  public void close() {
    watcher.ifPresent(FolderWatcher::close);
    await(vertx.close(), Duration.ofSeconds(STOP_SECONDS));
    journal.close();
    calls.close();
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
