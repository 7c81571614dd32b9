package io.keyfront.dataplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.dataplane.cluster.marks.ClusterMarks;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.SnapshotSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Role of the chart is enough for a proxy, and no more than it needs. */
class ProxyRightsTest {
  private static final Path CHART =
      Path.of("..", "charts", "src", "test", "resources", "golden", "chart", "defaults.yaml");
  private static final String TOKEN = "kf_fake-one";
  private static final Duration SOON = Duration.ofSeconds(20);

  private RealApiServer server;
  private String namespace;
  private String elsewhere;
  private Config access;
  private KubernetesClient proxy;

  @BeforeEach
  void grant() throws IOException {
    server = RealApiServer.get();
    namespace = server.freshNamespace();
    elsewhere = server.freshNamespace();
    Role role = inChart(Role.class);
    role.getMetadata().setNamespace(namespace);
    server.client().resource(role).create();
    RoleBinding binding = inChart(RoleBinding.class);
    binding.getMetadata().setNamespace(namespace);
    binding.getSubjects().forEach(subject -> subject.setNamespace(namespace));
    server.client().resource(binding).create();
    access = Config.fromKubeconfig(server.kubeconfig());
    access.setImpersonateUsername(
        "system:serviceaccount:" + namespace + ":" + binding.getMetadata().getName());
    proxy = RealApiServer.clientOf(access);
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void proxyDoesAllOfItsWorkWithIt() throws Exception {
    PublishedParts operator = new PublishedParts(server.client(), namespace);
    operator.publish(PublishedParts.base(), 1);
    operator.publish(PublishedParts.token(TOKEN, false), 2);
    LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
    Pod pod = new Pod(namespace, "pod-1", Optional.of("uid-1"));

    try (live;
        Cluster cluster = Cluster.connect(access, pod);
        ClusterMarks marks =
            cluster.marks(live, new SimpleMeterRegistry(), InstantSource.system())) {
      cluster.follow(Set.of(), live.start(), new SimpleMeterRegistry(), InstantSource.system());
      await().atMost(SOON).until(() -> live.assembly().loaded().size() == 2);
      operator.publish(PublishedParts.token(TOKEN, true), 3);
      await()
          .atMost(SOON)
          .until(() -> live.snapshot().token(TokenHash.of(TOKEN)).orElseThrow().revoked());
      await().atMost(SOON).until(() -> leases() == 1);
    }

    assertThat(leases()).isZero();
  }

  @Test
  void whatItNeedsNotIsRefused() {
    String base = SnapshotSecrets.secretName(PartName.BASE);
    new PublishedParts(server.client(), namespace).publish(PublishedParts.base(), 1);
    assertThat(proxy.secrets().inNamespace(namespace).withName(base).get()).isNotNull();

    refused(() -> proxy.secrets().inNamespace(elsewhere).list());
    refused(() -> proxy.secrets().inAnyNamespace().list());
    refused(() -> proxy.secrets().inNamespace("kube-system").list());
    refused(() -> proxy.secrets().inNamespace(namespace).withName(base).delete());
    refused(() -> proxy.secrets().inNamespace(namespace).withName(base).edit(this::changed));
    refused(
        () ->
            proxy
                .resource(
                    new SecretBuilder()
                        .withNewMetadata()
                        .withName("x")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create());
    refused(() -> proxy.leases().inNamespace(elsewhere).list());
    refused(() -> proxy.leases().inNamespace(namespace).list());
    refused(() -> proxy.configMaps().inNamespace(elsewhere).list());
    refused(() -> proxy.configMaps().inNamespace(namespace).withName("kube-root-ca.crt").get());
    refused(
        () ->
            proxy
                .resource(
                    new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("x")
                        .withNamespace(elsewhere)
                        .endMetadata()
                        .build())
                .create());
    refused(() -> proxy.pods().inNamespace(namespace).list());
    refused(
        () ->
            proxy
                .resource(
                    new PodBuilder()
                        .withNewMetadata()
                        .withName("x")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("x")
                        .withImage("x")
                        .endContainer()
                        .endSpec()
                        .build())
                .create());
    refused(() -> proxy.serviceAccounts().inNamespace(namespace).list());
    refused(() -> proxy.namespaces().list());
    refused(
        () ->
            proxy
                .tokenReviews()
                .create(new TokenReviewBuilder().withNewSpec().withToken("x").endSpec().build()));
    refused(() -> proxy.rbac().roles().inNamespace(namespace).list());
    refused(() -> proxy.resources(MachineToken.class).inNamespace(namespace).list());
  }

  private Secret changed(Secret secret) {
    return new SecretBuilder(secret).addToData("more", "eA==").build();
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(KubernetesClientException.class)
        .satisfies(
            failure -> assertThat(((KubernetesClientException) failure).getCode()).isEqualTo(403));
  }

  private int leases() {
    return server.client().leases().inNamespace(namespace).list().getItems().size();
  }

  private <T extends HasMetadata> T inChart(Class<T> kind) throws IOException {
    List<T> found =
        Stream.of(Files.readString(CHART).split("(?m)^---$"))
            .filter(
                yaml ->
                    yaml.contains("\nkind: " + kind.getSimpleName() + "\n")
                        && yaml.contains("name: keyfront-proxy\n"))
            .map(yaml -> server.client().getKubernetesSerialization().unmarshal(yaml, kind))
            .filter(object -> object.getMetadata().getName().equals("keyfront-proxy"))
            .toList();
    assertThat(found).as("%s of the proxy in the chart", kind.getSimpleName()).hasSize(1);
    return found.getFirst();
  }
}
