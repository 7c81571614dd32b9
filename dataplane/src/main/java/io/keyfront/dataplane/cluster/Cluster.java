package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.keyfront.dataplane.cluster.marks.ClusterMarks;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.LoadedParts;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.ProxyEcho;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A proxy's tie to its cluster: takes the configuration from Secrets, and says in a Lease what it
 * runs. While the API server is away, nothing changes.
 */
public final class Cluster implements AutoCloseable {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int REQUEST_MILLIS = 10_000;

  /** The first pause before another try; each doubles the one before, up to 32 times this. */
  private static final int RETRY_MILLIS = 250;

  private final KubernetesClient client;
  private final Pod pod;
  private final List<Runnable> closings = new ArrayList<>();

  private Cluster(KubernetesClient client, Pod pod) {
    this.client = client;
    this.pod = pod;
  }

  /**
   * Ties a proxy to the cluster that it runs in, else to the current context of {@code KUBECONFIG}.
   * Returns at once; the API server may be away.
   */
  public static Cluster connect(Pod pod) {
    return connect(Config.autoConfigure(null), pod);
  }

  static Cluster connect(Config access, Pod pod) {
    Config bounded =
        new ConfigBuilder(access)
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestTimeout(REQUEST_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(RETRY_MILLIS)
            .build();
    return new Cluster(
        new KubernetesClientBuilder()
            .withConfig(bounded)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build(),
        pod);
  }

  /**
   * Takes the configuration from the pod's namespace from now on, and says so there.
   *
   * @param cached the parts that {@code live} has from a cache
   */
  public void follow(
      Set<PartName> cached, LiveSnapshot live, MeterRegistry metrics, InstantSource clock) {
    SecretWatch watch = new SecretWatch(client, pod.namespace(), cached, live);
    ProxyLease lease = new ProxyLease(client, pod, () -> echo(live.assembly()), clock);
    closings.add(watch::close);
    closings.add(lease::close);
    live.onSwap(swap -> lease.changed());
    metrics.gauge("keyfront.snapshot.watching", watch, one -> one.watching() ? 1 : 0);
    watch.start();
    lease.start();
  }

  /** The marks that the proxies of the pod's namespace share; their owner closes them. */
  public ClusterMarks marks() {
    return ClusterMarks.open(client, pod.namespace());
  }

  private static ProxyEcho echo(Assembly assembly) {
    Map<PartName, String> refused = new TreeMap<>();
    assembly.refusals().forEach((name, refusal) -> refused.put(name, refusal.why()));
    return new ProxyEcho(new LoadedParts(assembly.loaded()), refused, Map.of());
  }

  /** Ends the watch, and deletes the Lease if the API server can be reached. */
  @Override
  public void close() {
    closings.forEach(Runnable::run);
    client.close();
  }
}
