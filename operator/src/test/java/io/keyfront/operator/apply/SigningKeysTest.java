package io.keyfront.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.SigningSecret;
import io.keyfront.operator.observe.TokenEnvironment;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Verdict;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.operator.testing.Cluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator that may not write the keys at first. */
class SigningKeysTest {
  private final Cluster cluster = new Cluster();
  private final String user = "without-rights-in-" + cluster.system();
  private final KubernetesClient limited = limited();
  private final World world = new World(new TokenEnvironment(Cluster.SERVICE), new Quiet());
  private final SigningSecret secret = new SigningSecret(() -> {});
  private final AtomicInteger told = new AtomicInteger();
  private final SigningKeys keys =
      new SigningKeys(
          secret,
          new SigningSecretWriter(limited, cluster.system(), secret),
          world,
          Duration.ofDays(30),
          InstantSource.system(),
          new EventWriter(limited, Runnable::run, InstantSource.system(), new OperatorMetrics()),
          told::incrementAndGet,
          () -> true);
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(keys);

  @AfterEach
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
    limited.close();
    cluster.close();
  }

  @Test
  void keysThatCannotBeWrittenAreSaidSoAndMadeOnceTheyCan() {
    world.tokens().section(Optional.empty()).put("team/ci", signed());
    thread.start();

    Cluster.await()
        .untilAsserted(
            () ->
                assertThat(keys.trouble().map(Verdict::reason))
                    .contains(ConditionReason.FORBIDDEN));
    assertThat(keys.kids()).isEmpty();
    assertThat(keys.signer()).isEmpty();
    Cluster.await().until(() -> told.get() == 1);
    allow();

    Cluster.await().until(() -> keys.signer().isPresent() && keys.trouble().isEmpty());
    assertThat(keys.kids()).hasSize(1);
    Cluster.await().until(() -> told.get() == 2);
  }

  private static MachineToken signed() {
    MachineToken token = new MachineToken();
    token.setMetadata(new ObjectMetaBuilder().withNamespace("team").withName("ci").build());
    token.setSpec(
        Serialization.unmarshal("format: JWT\nscopes: [mock]\nttl: 1h", MachineTokenSpec.class));
    return token;
  }

  private KubernetesClient limited() {
    Config config = Config.fromKubeconfig(cluster.server().kubeconfig());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups("system:authenticated");
    return RealApiServer.clientOf(config);
  }

  private void allow() {
    cluster
        .client()
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(cluster.system())
                .withName("keys")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("secrets")
                .withResourceNames(SigningSecret.NAME)
                .withVerbs("create", "patch")
                .endRule()
                .build())
        .create();
    cluster
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(cluster.system())
                .withName("keys")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "keys")
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private static final class Quiet implements World.Listener {
    @Override
    public void tokenChanged(ObjectName token, boolean isNew) {}

    @Override
    public void secretChanged(ObjectName name) {}

    @Override
    public void secretGone(ObjectName secret) {}

    @Override
    public void mintedChanged(MintedSecret minted) {}

    @Override
    public void commonChanged() {}
  }
}
