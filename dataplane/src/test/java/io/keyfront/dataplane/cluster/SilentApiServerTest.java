package io.keyfront.dataplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.snapshot.SnapshotSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real API server that falls silent: nothing breaks, nothing arrives. */
class SilentApiServerTest {
  private static final String TOKEN = "kf_fake-one";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
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
    live.close();
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void watchOnWhichNothingArrivesAnyMoreIsNoticed() throws Exception {
    CutLine line = line();
    Duration often = Duration.ofMillis(300);
    Cluster.Patience patience =
        new Cluster.Patience(Duration.ofSeconds(1), new WatchGuard.Pace(often, often));
    run(throughLine(line), patience);
    awaitToken(false);
    await().atMost(SOON).until(this::hasLease);

    line.swallow();
    operator.publish(PublishedParts.token(TOKEN, true), 21);
    operator.delete(PublishedParts.credential("sk-fake-1").name());

    awaitToken(true);
    await().atMost(SOON).until(() -> live.snapshot().credentials().isEmpty());
    operator.publish(PublishedParts.token(TOKEN, false), 22);
    awaitToken(false);
  }

  @Test
  void watchThatTellsEverythingIsLeftAlone() {
    List<Integer> taken = new CopyOnWriteArrayList<>();
    live.onSwap(swap -> taken.add(swap.accepted().size()));
    WatchGuard.Pace pace = new WatchGuard.Pace(Duration.ofMillis(50), Duration.ofSeconds(1));
    run(
        Config.fromKubeconfig(server.kubeconfig()),
        new Cluster.Patience(Duration.ofSeconds(5), pace));
    awaitToken(false);
    taken.clear();

    for (int i = 0; i < 40; i++) {
      operator.publish(PublishedParts.token(TOKEN, i % 2 == 0), 100 + i);
      awaitToken(i % 2 == 0);
    }

    assertThat(taken).as("a watch begun anew would tell all three parts").containsOnly(1);
  }

  @Test
  void marksThatCannotBeReadAreSaidAndReadAsSoonAsTheyCan() throws Exception {
    CutLine line = line();
    line.cut();
    Cluster cluster =
        Cluster.connect(throughLine(line), new Pod(namespace, "pod-1", Optional.empty()));
    open.add(cluster);

    open.add(cluster.marks(live, new SimpleMeterRegistry(), InstantSource.system()));
    assertThat(cluster.notes())
        .singleElement()
        .asString()
        .startsWith("64 of 64 shards of the marks in ConfigMaps keyfront-marks-* of namespace")
        .contains("calls under the budgets in them are refused until they are");

    line.mend();
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.notes()).isEmpty());
  }

  private CutLine line() throws IOException {
    URI master = URI.create(Config.fromKubeconfig(server.kubeconfig()).getMasterUrl());
    CutLine line = new CutLine(new InetSocketAddress(master.getHost(), master.getPort()));
    open.add(line);
    return line;
  }

  private Config throughLine(CutLine line) {
    Config config = Config.fromKubeconfig(server.kubeconfig());
    config.setMasterUrl("https://127.0.0.1:" + line.port() + "/");
    return config;
  }

  private void run(Config access, Cluster.Patience patience) {
    Cluster cluster =
        Cluster.connect(access, new Pod(namespace, "pod-1", Optional.empty()), patience);
    open.add(cluster);
    cluster.follow(Set.of(), live, new SimpleMeterRegistry(), InstantSource.system());
  }

  private void awaitToken(boolean revoked) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                live.snapshot()
                    .token(TokenHash.of(TOKEN))
                    .filter(policy -> policy.revoked() == revoked)
                    .isPresent());
  }

  private boolean hasLease() {
    return server
            .client()
            .leases()
            .inNamespace(namespace)
            .withName(SnapshotSecrets.leaseName("pod-1"))
            .get()
        != null;
  }
}
