package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.LoadedParts;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.ProxyEcho;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A proxy's tie to its cluster: takes the configuration from Secrets, and says in a Lease what it
 * runs. While the API server is away, nothing changes.
 */
public final class ClusterSource implements AutoCloseable {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int REQUEST_MILLIS = 10_000;

  /** The first pause before another try; each doubles the one before, up to 32 times this. */
  private static final int RETRY_MILLIS = 250;

  private final KubernetesClient client;
  private final SecretWatch watch;
  private final ProxyLease lease;

  private ClusterSource(
      KubernetesClient client,
      Pod pod,
      Set<PartName> cached,
      LiveSnapshot live,
      InstantSource clock) {
    this.client = client;
    this.watch = new SecretWatch(client, pod.namespace(), cached, live);
    this.lease = new ProxyLease(client, pod, () -> echo(live.assembly()), clock);
    live.onSwap(swap -> lease.changed());
  }

  /**
   * Ties a proxy to the cluster that it runs in, else to the current context of {@code KUBECONFIG}.
   * Returns at once; the API server may be away.
   *
   * @param cached the parts that {@code live} has from a cache
   */
  public static ClusterSource start(
      Pod pod,
      Set<PartName> cached,
      LiveSnapshot live,
      MeterRegistry metrics,
      InstantSource clock) {
    return start(Config.autoConfigure(null), pod, cached, live, metrics, clock);
  }

  static ClusterSource start(
      Config access,
      Pod pod,
      Set<PartName> cached,
      LiveSnapshot live,
      MeterRegistry metrics,
      InstantSource clock) {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(bounded(access))
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    ClusterSource source = new ClusterSource(client, pod, cached, live, clock);
    metrics.gauge("keyfront.snapshot.watching", source.watch, one -> one.watching() ? 1 : 0);
    source.watch.start();
    source.lease.start();
    return source;
  }

  private static Config bounded(Config access) {
    return new ConfigBuilder(access)
        .withConnectionTimeout(CONNECT_MILLIS)
        .withRequestTimeout(REQUEST_MILLIS)
        .withRequestRetryBackoffLimit(0)
        .withWatchReconnectInterval(RETRY_MILLIS)
        .build();
  }

  private static ProxyEcho echo(Assembly assembly) {
    Map<PartName, String> refused = new TreeMap<>();
    assembly.refusals().forEach((name, refusal) -> refused.put(name, refusal.why()));
    return new ProxyEcho(new LoadedParts(assembly.loaded()), refused, Map.of());
  }

  @Override
  public void close() {
    watch.close();
    lease.close();
    client.close();
  }
}
