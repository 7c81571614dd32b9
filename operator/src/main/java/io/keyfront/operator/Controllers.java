package io.keyfront.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.operator.apply.FieldManager;
import io.keyfront.operator.check.KeyChecks;
import io.keyfront.operator.observe.KindStore;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.reconcile.AliasReconciler;
import io.keyfront.operator.reconcile.CredentialReconciler;
import io.keyfront.operator.reconcile.Desk;
import io.keyfront.operator.reconcile.Inbound;
import io.keyfront.operator.reconcile.SettingsReconciler;
import io.keyfront.operator.reconcile.TokenReconciler;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A controller for each kind, and for each namespace where not all are watched. */
final class Controllers {
  static final String FINALIZER = "keyfront.io/revoke";

  private static final int THREADS = 8;
  private static final String EVERYWHERE = "";
  private static final String OF_OURS = "resources of Keyfront";

  private final Operator operator;
  private final OperatorSettings settings;
  private final World world;
  private final Inbound inbound;
  private volatile boolean started;

  Controllers(
      KubernetesClient client,
      OperatorSettings settings,
      World world,
      Inbound inbound,
      LeaderCallbacks callbacks,
      String identity) {
    this.settings = settings;
    this.world = world;
    this.inbound = inbound;
    this.operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withConcurrentReconciliationThreads(THREADS)
                  .withStopOnInformerErrorDuringStartup(false)
                  .withCacheSyncTimeout(Duration.ofSeconds(30))
                  .withReconciliationTerminationTimeout(Duration.ofSeconds(5));
              if (settings.leaderElection()) {
                elect(overrider, callbacks, identity);
              }
            });
  }

  /** It exits by itself when it stops leading; a graceful end would look the same to the SDK. */
  private void elect(
      ConfigurationServiceOverrider overrider, LeaderCallbacks callbacks, String identity) {
    overrider.withLeaderElectionConfiguration(
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(OperatorSettings.LEADER)
            .withLeaseNamespace(settings.namespace())
            .withIdentity(identity)
            .withLeaderCallbacks(callbacks)
            .withExitOnStopLeading(false)
            .build());
  }

  void register(
      Desk desk, KeyChecks checks, Function<EventSource<?, MachineToken>, TokenReconciler> tokens) {
    Set<String> namespaces = settings.watchNamespaces();
    for (String one : namespaces.isEmpty() ? Set.of(EVERYWHERE) : namespaces) {
      register(Kind.MACHINE_TOKEN, one, world.tokens(), tokens);
      register(
          Kind.PROVIDER_CREDENTIAL,
          one,
          world.credentials(),
          (EventSource<?, ProviderCredential> source) ->
              new CredentialReconciler(desk, checks, source));
      register(
          Kind.MODEL_ALIAS,
          one,
          world.aliases(),
          (EventSource<?, ModelAlias> source) -> new AliasReconciler(desk, source));
      settings(desk, one);
    }
    if (!namespaces.isEmpty() && !namespaces.contains(settings.namespace())) {
      settings(desk, settings.namespace());
    }
  }

  private void settings(Desk desk, String namespace) {
    register(
        Kind.KEYFRONT_SETTINGS,
        namespace,
        world.settings(),
        (EventSource<?, KeyfrontSettings> source) -> new SettingsReconciler(desk, source));
  }

  private <R extends HasMetadata> void register(
      Kind kind,
      String namespace,
      KindStore<R> store,
      Function<EventSource<?, R>, ? extends Reconciler<R>> make) {
    EventSource<?, R> source = inbound.of(kind, namespace);
    var unused =
        operator.register(
            make.apply(source),
            config -> {
              config
                  .withName(
                      kind.id().toLowerCase(Locale.ROOT)
                          + (namespace.isEmpty() ? "" : "-" + namespace))
                  .withFieldManager(FieldManager.NAME)
                  .withItemStore(
                      store.section(Optional.of(namespace).filter(one -> !one.isEmpty())))
                  .withInformerListLimit(500L)
                  .withRetry(
                      new GenericRetry()
                          .setInitialInterval(1_000L)
                          .setIntervalMultiplier(2)
                          .setMaxInterval(60_000L)
                          .withoutMaxAttempts());
              if (namespace.isEmpty()) {
                config.watchingAllNamespaces();
              } else {
                config.settingNamespace(namespace);
              }
              if (kind == Kind.MACHINE_TOKEN) {
                config.withFinalizer(FINALIZER);
              }
            });
  }

  /** Blocks until all kinds were seen. */
  void start() {
    operator.start();
    started = true;
  }

  boolean watching() {
    return operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  /** The kinds that are not watched, or were not listed yet. */
  Set<String> unseen() {
    // While it starts the SDK itself cannot be asked without waiting for that.
    return started
        ? Set.copyOf(operator.getRuntimeInfo().unhealthyEventSources().keySet())
        : Set.of(OF_OURS);
  }

  void stop() {
    operator.stop();
  }
}
