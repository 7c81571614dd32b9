package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.snapshot.ProxyEcho;
import io.keyfront.snapshot.SnapshotSecrets;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Lease by which a proxy says that it lives and what it runs. Written by server-side apply,
 * which makes it or changes it, whichever is due; what fails is said once and tried again.
 */
final class ProxyLease implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProxyLease.class.getName());
  private static final String MANAGER = "keyfront-proxy";

  /** After a change others that come at once are told with it. */
  private static final long GATHER_MILLIS = 20;

  private static final int CLOSE_SECONDS = 3;

  private final KubernetesClient client;
  private final Pod pod;
  private final Supplier<ProxyEcho> echo;
  private final InstantSource clock;
  private final ZonedDateTime acquired;
  private final AtomicBoolean changed = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("keyfront-lease").unstarted(work));
  private boolean failing;

  ProxyLease(KubernetesClient client, Pod pod, Supplier<ProxyEcho> echo, InstantSource clock) {
    this.client = client;
    this.pod = pod;
    this.echo = echo;
    this.clock = clock;
    this.acquired = now();
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::renew, 0, SnapshotSecrets.RENEW_SECONDS, TimeUnit.SECONDS);
  }

  /** Says soon that what it runs has changed. */
  void changed() {
    if (!thread.isShutdown() && changed.compareAndSet(false, true)) {
      var unused = thread.schedule(this::renewChanged, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void renewChanged() {
    if (changed.get()) {
      renew();
    }
  }

  private void renew() {
    try {
      changed.set(false);
      client
          .leases()
          .inNamespace(pod.namespace())
          .resource(lease())
          .fieldManager(MANAGER)
          .forceConflicts()
          .serverSideApply();
      failing = false;
    } catch (RuntimeException failed) {
      say(failed.getCause() == null ? failed.getMessage() : failed.getCause().toString());
    }
  }

  private void say(@Nullable String why) {
    if (!failing) {
      LOG.log(
          Level.WARNING,
          "The Lease {0}/{1} cannot be renewed: {2}. Calls are served all the same; resources do not become Ready on this proxy.",
          pod.namespace(),
          SnapshotSecrets.leaseName(pod.name()),
          why);
    }
    failing = true;
  }

  private Lease lease() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(SnapshotSecrets.leaseName(pod.name()))
        .withNamespace(pod.namespace())
        .addToLabels(SnapshotSecrets.PROXY_LABEL, "true")
        .withAnnotations(echo.get().annotations())
        .withOwnerReferences(owners())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(pod.name())
        .withLeaseDurationSeconds(SnapshotSecrets.LEASE_SECONDS)
        .withAcquireTime(acquired)
        .withRenewTime(now())
        .endSpec()
        .build();
  }

  private List<OwnerReference> owners() {
    return pod.uid().stream()
        .map(
            uid ->
                new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Pod")
                    .withName(pod.name())
                    .withUid(uid)
                    .build())
        .toList();
  }

  private ZonedDateTime now() {
    return ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** Ends the renewals and deletes the Lease, if the API server can be reached. */
  @Override
  public void close() {
    try {
      var unused = thread.submit(this::delete);
      thread.shutdown();
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete() {
    try {
      var unused =
          client
              .leases()
              .inNamespace(pod.namespace())
              .withName(SnapshotSecrets.leaseName(pod.name()))
              .delete();
    } catch (RuntimeException unreachable) {
      LOG.log(
          Level.WARNING,
          "The Lease {0} was not deleted ({1}); it ends by itself.",
          SnapshotSecrets.leaseName(pod.name()),
          unreachable.getMessage());
    }
  }
}
