package io.keyfront.operator.testing;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.OperatorProcess;
import io.keyfront.operator.OperatorSettings;
import io.keyfront.operator.usage.LedgerSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Namespaces of a test's own on the real API server, with operators and proxies. */
public final class Cluster implements AutoCloseable {
  public static final String SERVICE = "http://keyfront.test.svc:8787";

  private final RealApiServer server = RealApiServer.get().withCrds();
  private final KubernetesClient client = server.newClient();
  private final String system = server.freshNamespace();
  private final String proxies = server.freshNamespace();
  private final String team = server.freshNamespace();
  private final List<AutoCloseable> running = new ArrayList<>();
  private final List<Thread> beginning = new ArrayList<>();

  public KubernetesClient client() {
    return client;
  }

  public RealApiServer server() {
    return server;
  }

  /** The operator's namespace. */
  public String system() {
    return system;
  }

  /** The proxies' namespace. */
  public String proxies() {
    return proxies;
  }

  /** The namespace of those who call. */
  public String team() {
    return team;
  }

  public OperatorSettings settings() {
    return new OperatorSettings(
        system,
        proxies,
        Set.of(system, team),
        SERVICE,
        Optional.empty(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        false,
        Optional.empty(),
        false,
        Duration.ofMillis(200),
        Duration.ofDays(30));
  }

  /** Providers may be on this machine. */
  public OperatorSettings onLoopback() {
    OperatorSettings some = settings();
    return new OperatorSettings(
        some.namespace(),
        some.proxyNamespace(),
        some.watchNamespaces(),
        some.serviceUrl(),
        some.ledger(),
        some.listen(),
        some.leaderElection(),
        some.secretSelector(),
        true,
        some.usageTurn(),
        some.signingKeyLifetime());
  }

  public OperatorProcess operator() {
    return operator(client, settings(), Optional.empty());
  }

  /** One whose keys sign for so long only. */
  public OperatorProcess operator(Duration signingKeyLifetime) {
    OperatorSettings some = settings();
    return operator(
        client,
        new OperatorSettings(
            some.namespace(),
            some.proxyNamespace(),
            some.watchNamespaces(),
            some.serviceUrl(),
            some.ledger(),
            some.listen(),
            some.leaderElection(),
            some.secretSelector(),
            some.loopbackEndpoints(),
            some.usageTurn(),
            signingKeyLifetime),
        Optional.empty());
  }

  public OperatorProcess operator(
      KubernetesClient as, OperatorSettings settings, Optional<Ledger> ledger) {
    OperatorProcess operator = made(as, settings, ledger);
    start(operator);
    return operator;
  }

  /** One that starts on a thread of its own, as it may have to wait. */
  public OperatorProcess begin(KubernetesClient as, OperatorSettings settings) {
    OperatorProcess operator = made(as, settings, Optional.empty());
    beginning.add(Thread.ofPlatform().start(() -> start(operator)));
    return operator;
  }

  /** Whether every start that began has returned. */
  public boolean nobodyBegins() {
    return beginning.stream().noneMatch(Thread::isAlive);
  }

  private OperatorProcess made(
      KubernetesClient as, OperatorSettings settings, Optional<Ledger> ledger) {
    var operator =
        new OperatorProcess(
            as,
            settings,
            "test-" + running.size(),
            ledger.map(one -> () -> new LedgerSource.Open(one, () -> {})),
            () -> {});
    running.add(operator);
    return operator;
  }

  private static void start(OperatorProcess operator) {
    try {
      operator.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public FakeProxy proxy(String name) {
    return proxy(name, 15);
  }

  public FakeProxy proxy(String name, int leaseSeconds) {
    var proxy = new FakeProxy(client, proxies, name, leaseSeconds);
    running.add(proxy);
    return proxy;
  }

  /** Applies a resource of the team's namespace, unless it names another. */
  public <R extends HasMetadata> R apply(Class<R> kind, String name, String spec) {
    return apply(kind, team, name, spec);
  }

  public <R extends HasMetadata> R apply(
      Class<R> kind, String namespace, String name, String spec) {
    String yaml =
        "apiVersion: keyfront.io/v1alpha1\nkind: %s\nmetadata: {namespace: %s, name: %s}\nspec:\n%s"
            .formatted(kind.getSimpleName(), namespace, name, spec.indent(2));
    R object = Serialization.unmarshal(yaml, kind);
    return client.resource(object).fieldManager("test").forceConflicts().serverSideApply();
  }

  public Secret secret(String name, Map<String, String> texts) {
    return client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(team)
                .withName(name)
                .endMetadata()
                .withStringData(texts)
                .build())
        .fieldManager("test")
        .forceConflicts()
        .serverSideApply();
  }

  public MachineToken token(String name) {
    return requireNonNull(
        client.resources(MachineToken.class).inNamespace(team).withName(name).get());
  }

  /** The status; one that says nothing while there is none. */
  public MachineTokenStatus status(String name) {
    MachineTokenStatus status = token(name).getStatus();
    return status == null
        ? new MachineTokenStatus(null, List.of(), null, null, null, null, null, null, null)
        : status;
  }

  /** {@code True Valid}: the status and the reason of a condition. */
  public static String condition(List<Condition> conditions, String type) {
    return conditions.stream()
        .filter(one -> one.getType().equals(type))
        .map(one -> one.getStatus() + " " + one.getReason())
        .findFirst()
        .orElse("");
  }

  public String ready(String token) {
    return condition(status(token).conditions(), "Ready");
  }

  /** What a Secret of the team holds, decoded; empty while there is none. */
  public Map<String, String> data(String secret) {
    Secret there = client.secrets().inNamespace(team).withName(secret).get();
    Map<String, String> decoded = new TreeMap<>();
    if (there != null && there.getData() != null) {
      there
          .getData()
          .forEach(
              (key, value) ->
                  decoded.put(
                      key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return decoded;
  }

  public String plaintext(String secret) {
    return data(secret).getOrDefault("KEYFRONT_TOKEN", "");
  }

  public TokenHash hash(String secret) {
    return TokenHash.of(plaintext(secret));
  }

  public static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }

  @Override
  public void close() {
    for (AutoCloseable one : running.reversed()) {
      try {
        one.close();
      } catch (Exception failed) {
        throw new IllegalStateException("Something of a test did not end.", failed);
      }
    }
    client.close();
  }
}
