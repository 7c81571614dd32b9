package io.keyfront.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.javaoperatorsdk.operator.OperatorException;
import io.keyfront.crds.DurationText;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisSettings;
import io.keyfront.operator.apply.GivenSettings;
import io.keyfront.operator.usage.LedgerSource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the options and runs one operator until it is told to stop. */
@Command(
    name = "keyfront-operator",
    mixinStandardHelpOptions = true,
    description = "Keeps Keyfront's resources: mints tokens, publishes the snapshot, reports.")
final class OperatorCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(OperatorCommand.class.getName());
  private static final int LOST = 1;
  private static final int UNUSABLE = 2;
  private static final Duration GIVEN_EVERY = Duration.ofSeconds(10);

  @Option(
      names = "--namespace",
      defaultValue = OperatorSettings.NAMESPACE,
      description = "The operator's own namespace (default: ${DEFAULT-VALUE}).")
  private String namespace = OperatorSettings.NAMESPACE;

  @Option(
      names = "--proxy-namespace",
      defaultValue = OperatorSettings.PROXY_NAMESPACE,
      description = "Where the proxies are (default: ${DEFAULT-VALUE}).")
  private String proxyNamespace = OperatorSettings.PROXY_NAMESPACE;

  @Option(
      names = "--watch-namespaces",
      split = ",",
      description = "Where resources are read; all namespaces when it is not given.")
  private List<String> watchNamespaces = List.of();

  @Option(
      names = "--service-url",
      defaultValue = OperatorSettings.SERVICE_URL,
      description = "Where agents call, without a path (default: ${DEFAULT-VALUE}).")
  private String serviceUrl = OperatorSettings.SERVICE_URL;

  @Option(
      names = "--ledger",
      description = "redis://… that the proxies share, to show in status what was spent.")
  private @Nullable String ledger;

  @Option(
      names = "--ledger-ca",
      description =
          "PEM file of authorities to trust for a Redis with TLS (rediss://), instead of the system's.")
  private @Nullable Path ledgerCa;

  @Option(
      names = "--listen",
      defaultValue = ":8081",
      description = "host:port of /healthz, /readyz and /metrics (default: ${DEFAULT-VALUE}).")
  private String listen = ":8081";

  @Option(
      names = "--leader-election",
      arity = "1",
      defaultValue = "true",
      description = "Whether other operators may be running (default: ${DEFAULT-VALUE}).")
  private boolean leaderElection = true;

  @Option(
      names = "--secret-selector",
      description = "Labels that Secrets must have to be referred to; any when it is not given.")
  private @Nullable String secretSelector;

  @Option(
      names = "--settings-file",
      description =
          "JSON of the spec of KeyfrontSettings, applied when it changes; none when it is not given.")
  private @Nullable Path settingsFile;

  @Option(
      names = "--signing-key-lifetime",
      defaultValue = OperatorSettings.SIGNING_KEY_LIFETIME,
      description =
          "When a key that signs tokens is followed by a new one (default: ${DEFAULT-VALUE}).")
  private String signingKeyLifetime = OperatorSettings.SIGNING_KEY_LIFETIME;

  @Option(
      names = "--allow-loopback-endpoints",
      arity = "1",
      defaultValue = "false",
      description = "Lets providers be on the proxy's own machine, over plain http: for tests.")
  private boolean loopbackEndpoints;

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesClient client = client()) {
      OperatorSettings settings = settings();
      return run(client, settings, ledger(), Optional.ofNullable(settingsFile));
    } catch (OperatorException | IllegalArgumentException | IOException unusable) {
      LOG.log(Level.ERROR, unusable.getMessage());
      return UNUSABLE;
    }
  }

  private static int run(
      KubernetesClient client,
      OperatorSettings settings,
      Optional<LedgerSource> ledger,
      Optional<Path> given)
      throws IOException, InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    int[] code = {0};
    Runnable lost =
        () -> {
          code[0] = LOST;
          end.countDown();
        };
    try (var operator = new OperatorProcess(client, settings, identity(), ledger, lost)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(operator, end, ended), "stop"));
      given
          .map(
              file ->
                  new GivenSettings(
                      client, settings.namespace(), file, GIVEN_EVERY, operator.metrics()))
          .ifPresent(keeper -> operator.whileLeading("given settings", keeper));
      operator.start();
      end.await();
    } finally {
      ended.countDown();
    }
    return code[0];
  }

  /** Told to stop by a signal: waits until everything was put away. */
  private static void stop(OperatorProcess operator, CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    operator.waitNoMore();
    try {
      ended.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private static KubernetesClient client() {
    return new KubernetesClientBuilder().withHttpClientFactory(new JdkHttpClientFactory()).build();
  }

  /**
   * Where spend is read from, as the options say.
   *
   * @throws IllegalArgumentException when the URI names no Redis
   */
  Optional<LedgerSource> ledger() {
    return settings().ledger().map(this::ledger);
  }

  /**
   * Spend is only read here, so no marks are kept.
   *
   * @throws IllegalArgumentException when the URI names no Redis
   */
  private LedgerSource ledger(String uri) {
    RedisSettings system = RedisSettings.of(uri);
    RedisSettings settings = Optional.ofNullable(ledgerCa).map(system::trusting).orElse(system);
    settings.requireRedis();
    return () -> {
      RedisLedger redis =
          RedisLedger.connect(
              settings,
              Clock.systemUTC(),
              Marks.none(),
              news -> LOG.log(Level.WARNING, news.sentence()));
      return new LedgerSource.Open(redis, redis::close);
    };
  }

  private static String identity() {
    String pod = System.getenv("POD_NAME");
    return pod == null || pod.isBlank() ? UUID.randomUUID().toString() : pod;
  }

  OperatorSettings settings() {
    return new OperatorSettings(
        namespace,
        proxyNamespace,
        Set.copyOf(watchNamespaces),
        serviceUrl,
        Optional.ofNullable(ledger).filter(uri -> !uri.isBlank()),
        address(listen),
        leaderElection,
        Optional.ofNullable(secretSelector).filter(labels -> !labels.isBlank()),
        loopbackEndpoints,
        Duration.ofSeconds(30),
        DurationText.parse(signingKeyLifetime));
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an address to listen on: write host:port, like :8081.");
    }
    String host = text.substring(0, colon);
    return host.isEmpty()
        ? new InetSocketAddress(Integer.parseInt(port))
        : resolved(host, Integer.parseInt(port));
  }

  private static InetSocketAddress resolved(String host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException(
          "'" + host + "' is not an address to listen on: write host:port, like :8081.", unknown);
    }
  }
}
