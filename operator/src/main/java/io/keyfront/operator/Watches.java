package io.keyfront.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.keyfront.operator.apply.PublishedParts;
import io.keyfront.operator.observe.LeaseStore;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.SigningSecret;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.report.Trouble;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.snapshot.SnapshotSecrets;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Watches what is not of our kinds: Secrets, namespaces, the proxies' Leases. */
final class Watches implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Watches.class.getName());

  /** Objects that a list is asked for at once, so that a large cluster comes in pieces. */
  private static final long PAGE = 500;

  private static final String EVERYWHERE = "";

  private final KubernetesClient client;
  private final OperatorSettings settings;
  private final OperatorMetrics metrics;
  private final List<Watch> all = new CopyOnWriteArrayList<>();

  private record Watch(String what, SharedIndexInformer<?> informer) {}

  Watches(KubernetesClient client, OperatorSettings settings, OperatorMetrics metrics) {
    this.client = client;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Begins to watch; the kinds of ours must have been seen before, as they say what to keep. */
  void start(World world, PublishedParts parts, LeaseStore leases, SigningSecret keys) {
    Set<String> namespaces = settings.watchNamespaces();
    for (String namespace : namespaces.isEmpty() ? Set.of(EVERYWHERE) : namespaces) {
      add("secrets", referenced(namespace), world.secrets().section(namespace));
      add("minted secrets", in(namespace).withLabel(MintedSecret.LABEL), world.minted().section());
    }
    if (!namespaces.isEmpty() && !namespaces.contains(settings.namespace())) {
      // What the settings refer to.
      add(
          "secrets",
          referenced(settings.namespace()),
          world.secrets().section(settings.namespace()));
    }
    if (namespaces.isEmpty()) {
      add("namespaces", client.namespaces(), world.namespaces().section(Optional.empty()));
    }
    add(
        "signing keys",
        client
            .secrets()
            .inNamespace(settings.namespace())
            .withField("metadata.name", SigningSecret.NAME),
        keys);
    add(
        "snapshot secrets",
        client
            .secrets()
            .inNamespace(settings.proxyNamespace())
            .withLabel(SnapshotSecrets.PART_LABEL),
        parts);
    add(
        "proxy leases",
        client
            .leases()
            .inNamespace(settings.proxyNamespace())
            .withLabel(SnapshotSecrets.PROXY_LABEL, "true"),
        leases);
  }

  private FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> in(String namespace) {
    MixedOperation<Secret, SecretList, Resource<Secret>> secrets = client.secrets();
    return namespace.isEmpty() ? secrets.inAnyNamespace() : secrets.inNamespace(namespace);
  }

  /** Helm's records are large, and no resource may refer to the keys that sign. */
  private Informable<Secret> referenced(String namespace) {
    String labels =
        "!%s,!%s,!%s"
            .formatted(MintedSecret.LABEL, SnapshotSecrets.PART_LABEL, SigningSecret.LABEL);
    return in(namespace)
        .withLabelSelector(settings.secretSelector().map(one -> labels + "," + one).orElse(labels))
        .withoutField("type", "helm.sh/release.v1");
  }

  private <R extends HasMetadata> void add(String what, Informable<R> watched, ItemStore<R> store) {
    SharedIndexInformer<R> informer = watched.withLimit(PAGE).runnableInformer(0);
    informer.itemStore(store);
    informer.exceptionHandler(
        (started, failed) -> {
          metrics.watchFailed(what);
          LOG.log(
              Level.WARNING,
              "The watch of {0} failed and is tried again: {1}",
              what,
              Trouble.of(failed).sentence());
          return true;
        });
    all.add(new Watch(what, informer));
    var unused = informer.start();
  }

  boolean synced() {
    return !all.isEmpty() && all.stream().allMatch(one -> one.informer.hasSynced());
  }

  /** What was not listed yet. */
  Set<String> unseen() {
    return all.stream()
        .filter(one -> !one.informer.hasSynced())
        .map(Watch::what)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void close() {
    all.forEach(one -> one.informer.stop());
  }
}
