package io.keyfront.operator.testing;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.LoadedParts;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.ProxyEcho;
import io.keyfront.snapshot.SnapshotSecrets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a proxy does with the snapshot, without serving: it watches the parts, runs them and says so
 * in its Lease.
 */
public final class FakeProxy implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final int seconds;
  private final SharedIndexInformer<Secret> informer;
  private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor();
  private volatile Assembly assembly = Assembly.EMPTY;
  private final Map<PartName, Secret> unheard = new ConcurrentHashMap<>();
  private volatile Set<PartName> deafTo = Set.of();
  private volatile boolean deaf;
  private boolean told = true;

  /**
   * @param seconds how long its Lease counts
   */
  public FakeProxy(KubernetesClient client, String namespace, String name, int seconds) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.seconds = seconds;
    informer =
        client
            .secrets()
            .inNamespace(namespace)
            .withLabel(SnapshotSecrets.PART_LABEL)
            .inform(new Handler());
    renew();
    var unused = renewals.scheduleAtFixedRate(this::renew, 1, 1, TimeUnit.SECONDS);
  }

  public Snapshot snapshot() {
    return assembly.snapshot();
  }

  /** From now on it loads nothing, but lives. */
  public void deaf(boolean is) {
    deaf = is;
  }

  /** From now on it does not load this part, but all others. */
  public void deafTo(PartName part) {
    deafTo = Set.of(part);
  }

  /** It loads what it did not hear. */
  public void listen() {
    deafTo = Set.of();
    unheard.values().forEach(this::load);
  }

  private final class Handler implements ResourceEventHandler<Secret> {
    @Override
    public void onAdd(Secret secret) {
      load(secret);
    }

    @Override
    public void onUpdate(Secret before, Secret secret) {
      load(secret);
    }

    @Override
    public void onDelete(Secret secret, boolean unknown) {
      part(secret)
          .ifPresent(
              part -> {
                assembly = assembly.without(part);
                renew();
              });
    }
  }

  private static Optional<PartName> part(Secret secret) {
    return SnapshotSecrets.partOf(secret.getMetadata().getName());
  }

  private synchronized void load(Secret secret) {
    if (deaf) {
      return;
    }
    PartName part = part(secret).orElseThrow();
    if (deafTo.contains(part)) {
      unheard.put(part, secret);
      return;
    }
    long sequence =
        Long.parseLong(secret.getMetadata().getAnnotations().get(SnapshotSecrets.SEQUENCE));
    byte[] bytes = Base64.getDecoder().decode(secret.getData().get(SnapshotSecrets.DATA_KEY));
    assembly = assembly.received(part, sequence, bytes);
    soon();
  }

  /** What comes together is told together, as a proxy does. */
  private void soon() {
    if (told) {
      told = false;
      var unused = renewals.schedule(this::renew, 50, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void renew() {
    told = true;
    Map<String, String> echo =
        new ProxyEcho(new LoadedParts(assembly.loaded()), Map.of()).annotations();
    client
        .leases()
        .inNamespace(namespace)
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(SnapshotSecrets.leaseName(name))
                .addToLabels(SnapshotSecrets.PROXY_LABEL, "true")
                .withAnnotations(echo)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds(seconds)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build())
        .fieldManager("keyfront-proxy")
        .forceConflicts()
        .serverSideApply();
  }

  /** Ends without a farewell: its Lease stays. */
  @Override
  public void close() {
    renewals.shutdownNow();
    informer.stop();
  }
}
