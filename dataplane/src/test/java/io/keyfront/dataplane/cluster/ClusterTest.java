package io.keyfront.dataplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.dataplane.source.PartCache;
import io.keyfront.dataplane.source.PartFolder;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.ProxyEcho;
import io.keyfront.snapshot.SnapshotSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy's tie to a real API server. */
class ClusterTest {
  private static final String TOKEN = "kf_fake-one";
  private static final String OTHER = "kf_fake-two";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<AutoCloseable> open = new ArrayList<>();
  private RealApiServer server;
  private String namespace;
  private PublishedParts operator;

  @BeforeEach
  void makeNamespace() {
    server = RealApiServer.get();
    namespace = server.freshNamespace();
    operator = new PublishedParts(server.client(), namespace);
    operator.publish(PublishedParts.base(), 10);
    operator.publish(PublishedParts.credential("sk-fake-1"), 11);
    operator.publish(PublishedParts.token(TOKEN, false), 12);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void partsOfTheNamespaceBecomeTheSnapshotAndTheLeaseSaysSo() {
    LiveSnapshot live = proxy("pod-1");

    awaitToken(live, TOKEN, false);

    assertThat(live.snapshot().credentials()).hasSize(1);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(echo("pod-1").loaded().sequences()).hasSize(3));
    Lease lease = lease("pod-1");
    assertThat(echo("pod-1").loaded().covers(PartName.BASE, 10)).isTrue();
    assertThat(lease.getMetadata().getLabels()).containsEntry(SnapshotSecrets.PROXY_LABEL, "true");
    assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("pod-1");
    assertThat(lease.getSpec().getLeaseDurationSeconds()).isEqualTo(15);
    assertThat(lease.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("uid-pod-1"));
  }

  /** A token that is good must never hear 401 because its shard comes after the base. */
  @Test
  void firstSnapshotHoldsEverythingThatWasListed() {
    for (int i = 0; i < 40; i++) {
      operator.publish(PublishedParts.token("kf_fake-" + i, false), 100 + i);
    }
    LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
    List<Integer> parts = new CopyOnWriteArrayList<>();
    live.onSwap(swap -> parts.add(swap.assembly().loaded().size()));

    run(live, "pod-1", Config.fromKubeconfig(server.kubeconfig()), Set.of());
    await().atMost(SOON).until(() -> !parts.isEmpty());

    int listed = server.client().secrets().inNamespace(namespace).list().getItems().size();
    assertThat(parts.getFirst()).isEqualTo(listed).isGreaterThan(20);
  }

  @Test
  void revocationTakesEffectOnEveryProxyBesideABadPart() {
    List<LiveSnapshot> proxies = List.of(proxy("pod-1"), proxy("pod-2"));
    proxies.forEach(proxy -> awaitToken(proxy, TOKEN, false));

    operator.publish(PartName.BASE, 20, new byte[] {1, 2, 3});
    operator.publish(PublishedParts.token(TOKEN, true), 21);

    proxies.forEach(proxy -> awaitToken(proxy, TOKEN, true));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(echo("pod-2").refused()).containsOnlyKeys(PartName.BASE);
              assertThat(echo("pod-2").loaded().covers(PartName.BASE, 11)).isFalse();
              PartName shard = PublishedParts.token(TOKEN, true).name();
              assertThat(echo("pod-2").loaded().covers(shard, 21)).isTrue();
            });
  }

  @Test
  void deletedPartGoesAndDeletedBaseStays() {
    LiveSnapshot live = proxy("pod-1");
    awaitToken(live, TOKEN, false);

    operator.delete(PublishedParts.credential("sk-fake-1").name());
    await().atMost(SOON).until(() -> live.snapshot().credentials().isEmpty());
    operator.delete(PartName.BASE);
    await().atMost(SOON).until(() -> live.assembly().refusals().containsKey(PartName.BASE));
    operator.delete(PublishedParts.token(TOKEN, false).name());
    operator.publish(PublishedParts.token(OTHER, false), 30);
    awaitToken(live, OTHER, false);

    assertThat(live.assembly().hasBase()).isTrue();
    assertThat(live.snapshot().token(TokenHash.of(TOKEN))).isPresent();
    operator.publish(PublishedParts.base(), 31);
    await().atMost(SOON).until(() -> live.snapshot().token(TokenHash.of(TOKEN)).isEmpty());
  }

  @Test
  void apiServerThatIsAwayChangesNothingAndIsHeardAgainAfter() throws Exception {
    URI master = URI.create(Config.fromKubeconfig(server.kubeconfig()).getMasterUrl());
    CutLine line = new CutLine(new InetSocketAddress(master.getHost(), master.getPort()));
    open.add(line);
    LiveSnapshot live = proxy("pod-1", throughLine(line), Set.of());
    awaitToken(live, TOKEN, false);
    Snapshot before = live.snapshot();

    line.cut();
    operator.publish(PublishedParts.token(TOKEN, true), 21);
    operator.publish(PublishedParts.token(OTHER, false), 22);
    operator.delete(PublishedParts.credential("sk-fake-1").name());
    await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> live.snapshot() == before);
    line.mend();

    awaitToken(live, TOKEN, true);
    awaitToken(live, OTHER, false);
    await().atMost(SOON).until(() -> live.snapshot().credentials().isEmpty());
  }

  @Test
  void proxyThatStartsWhileTheApiServerIsAwayServesFromItsCache(@TempDir Path cache)
      throws Exception {
    LiveSnapshot first = new LiveSnapshot(snapshot -> snapshot);
    try (PartCache kept = PartCache.keep(cache, first)) {
      run(first, "pod-1", Config.fromKubeconfig(server.kubeconfig()), Set.of());
      Path shard = cache.resolve(PublishedParts.token(TOKEN, false).name().toString());
      await().atMost(SOON).until(() -> Files.exists(shard.resolve("sequence")));
    }
    closeAll();
    open.clear();
    operator.delete(PublishedParts.credential("sk-fake-1").name());
    operator.publish(PublishedParts.token(TOKEN, true), 40);
    URI master = URI.create(Config.fromKubeconfig(server.kubeconfig()).getMasterUrl());
    CutLine line = new CutLine(new InetSocketAddress(master.getHost(), master.getPort()));
    open.add(line);
    line.cut();

    LiveSnapshot again = new LiveSnapshot(snapshot -> snapshot);
    Set<PartName> cached = PartFolder.read(cache, again);
    run(again.start(), "pod-1", throughLine(line), cached);
    awaitToken(again, TOKEN, false);
    assertThat(again.snapshot().credentials()).hasSize(1);

    line.mend();
    awaitToken(again, TOKEN, true);
    await().atMost(SOON).until(() -> again.snapshot().credentials().isEmpty());
  }

  @Test
  void secretThatIsNoPartIsRefusedOrPassedOver() {
    LiveSnapshot live = proxy("pod-1");
    awaitToken(live, TOKEN, false);
    PartName shard = PublishedParts.token(OTHER, false).name();

    operator.publish(shard, 50, new byte[0]);
    await().atMost(SOON).until(() -> live.assembly().refusals().containsKey(shard));

    assertThat(live.snapshot().token(TokenHash.of(TOKEN))).isPresent();
    operator.publish(PublishedParts.token(OTHER, false), 51);
    awaitToken(live, OTHER, false);
    assertThat(live.assembly().refusals()).isEmpty();
  }

  @Test
  void leaseGoesWhenTheProxyStops() throws Exception {
    LiveSnapshot live = proxy("pod-1");
    awaitToken(live, TOKEN, false);
    await().atMost(SOON).until(() -> lease("pod-1") != null);

    closeAll();
    open.clear();

    assertThat(lease("pod-1")).isNull();
  }

  private LiveSnapshot proxy(String pod) {
    return proxy(pod, Config.fromKubeconfig(server.kubeconfig()), Set.of());
  }

  private LiveSnapshot proxy(String pod, Config access, Set<PartName> cached) {
    LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
    run(live, pod, access, cached);
    return live;
  }

  private void run(LiveSnapshot live, String pod, Config access, Set<PartName> cached) {
    open.add(live);
    Cluster cluster = Cluster.connect(access, new Pod(namespace, pod, Optional.of("uid-" + pod)));
    open.add(cluster);
    cluster.follow(cached, live, new SimpleMeterRegistry(), InstantSource.system());
  }

  private Config throughLine(CutLine line) {
    Config config = Config.fromKubeconfig(server.kubeconfig());
    config.setMasterUrl("https://127.0.0.1:" + line.port() + "/");
    return config;
  }

  private static void awaitToken(LiveSnapshot live, String plaintext, boolean revoked) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                live.snapshot()
                    .token(TokenHash.of(plaintext))
                    .filter(policy -> policy.revoked() == revoked)
                    .isPresent());
  }

  private Lease lease(String pod) {
    return server
        .client()
        .leases()
        .inNamespace(namespace)
        .withName(SnapshotSecrets.leaseName(pod))
        .get();
  }

  private ProxyEcho echo(String pod) {
    Lease lease = lease(pod);
    return ProxyEcho.of(lease == null ? Map.of() : lease.getMetadata().getAnnotations());
  }
}
