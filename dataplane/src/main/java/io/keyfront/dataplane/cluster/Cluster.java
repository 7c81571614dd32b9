package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.keyfront.dataplane.authenticate.Reviews;
import io.keyfront.dataplane.authenticate.Vouching;
import io.keyfront.dataplane.cluster.marks.ClusterMarks;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.LoadedParts;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.ProxyEcho;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A proxy's tie to its cluster: takes the configuration from Secrets, and says in a Lease what it
 * runs. While the API server is away, nothing changes.
 */
public final class Cluster implements AutoCloseable {
  private static final int CONNECT_MILLIS = 3_000;

  /** The first pause before another try; each doubles the one before, up to 32 times this. */
  private static final int RETRY_MILLIS = 250;

  private final KubernetesClient client;
  private final Pod pod;
  private final Patience patience;
  private final List<Runnable> closings = new ArrayList<>();
  private final List<Supplier<Optional<String>>> notes = new CopyOnWriteArrayList<>();

  /**
   * How long the API server may be silent.
   *
   * @param request before a request has failed
   * @param guard how often it is looked whether the watch still tells
   */
  record Patience(Duration request, WatchGuard.Pace guard) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(10), WatchGuard.Pace.USUAL);
  }

  private Cluster(KubernetesClient client, Pod pod, Patience patience) {
    this.client = client;
    this.pod = pod;
    this.patience = patience;
  }

  /**
   * Ties a proxy to the cluster that it runs in, else to the current context of {@code KUBECONFIG}.
   * Returns at once; the API server may be away.
   */
  public static Cluster connect(Pod pod) {
    return connect(Config.autoConfigure(null), pod);
  }

  static Cluster connect(Config access, Pod pod) {
    return connect(access, pod, Patience.USUAL);
  }

  static Cluster connect(Config access, Pod pod, Patience patience) {
    Config bounded =
        new ConfigBuilder(OwnAuthority.only(access))
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestTimeout((int) patience.request().toMillis())
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(RETRY_MILLIS)
            .build();
    // Under HTTP/2 all requests share one connection, which nobody gives up when its other end is
    // gone; under HTTP/1.1 it ends with the request that was not answered.
    return new Cluster(
        new KubernetesClientBuilder()
            .withConfig(bounded)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withHttpClientBuilderConsumer(HttpClient.Builder::preferHttp11)
            .build(),
        pod,
        patience);
  }

  /**
   * Takes the configuration from the pod's namespace from now on, and says so there. Starts {@code
   * live} when all of it has been listed, where it does not run already.
   *
   * @param cached the parts that {@code live} has from a cache
   */
  public void follow(
      Set<PartName> cached, LiveSnapshot live, MeterRegistry metrics, InstantSource clock) {
    SecretWatch watch = new SecretWatch(client, pod.namespace(), cached, live);
    WatchGuard guard =
        new WatchGuard(watch, new ListedVersions(client, pod.namespace()), patience.guard());
    ProxyLease lease = new ProxyLease(client, pod, () -> echo(live.assembly()), clock);
    closings.add(watch::close);
    closings.add(guard::close);
    closings.add(lease::close);
    live.onSwap(swap -> lease.changed());
    metrics.gauge("keyfront.snapshot.watching", watch, one -> one.watching() ? 1 : 0);
    watch.start();
    guard.start();
    lease.start();
  }

  /**
   * The marks that the proxies of the pod's namespace share; their owner closes them.
   *
   * @param live says whose marks must stay
   */
  public ClusterMarks marks(LiveSnapshot live, MeterRegistry metrics, InstantSource clock) {
    ClusterMarks marks =
        ClusterMarks.open(client, pod.namespace(), () -> tokens(live.assembly()), clock);
    metrics.gauge("keyfront.marks.unread", marks, ClusterMarks::unread);
    notes.add(marks::note);
    return marks;
  }

  /** Absent while a part was refused or is missing: what it holds is not known to be gone. */
  static Optional<Set<String>> tokens(Assembly assembly) {
    return assembly.hasBase() && assembly.refusals().isEmpty()
        ? Optional.of(
            assembly.snapshot().tokens().values().stream()
                .map(policy -> policy.identity().account())
                .collect(Collectors.toSet()))
        : Optional.empty();
  }

  /**
   * Asks the API server whether ServiceAccounts and pods whose tokens are presented are still
   * there.
   *
   * @param maxAge how long an answer holds
   */
  public Vouching reviews(Duration maxAge, MeterRegistry metrics) {
    Reviews reviews = new Reviews(new TokenReviewer(client), maxAge, System::nanoTime, metrics);
    closings.add(reviews::close);
    notes.add(reviews::note);
    return reviews;
  }

  /** What does not work at the moment, although calls are served: sentences for people. */
  public List<String> notes() {
    return notes.stream().flatMap(note -> note.get().stream()).toList();
  }

  private static ProxyEcho echo(Assembly assembly) {
    Map<PartName, String> refused = new TreeMap<>();
    assembly.refusals().forEach((name, refusal) -> refused.put(name, refusal.why()));
    return new ProxyEcho(new LoadedParts(assembly.loaded()), refused);
  }

  /** Ends the watch, and deletes the Lease if the API server can be reached. */
  @Override
  public void close() {
    closings.forEach(Runnable::run);
    client.close();
  }
}
