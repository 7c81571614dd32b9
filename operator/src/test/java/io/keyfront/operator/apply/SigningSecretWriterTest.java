package io.keyfront.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.core.session.KeyRing;
import io.keyfront.core.session.SigningKey;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.observe.SigningSecret;
import io.keyfront.operator.testing.ChartRights;
import io.keyfront.operator.testing.Cluster;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With no more than the operator's rights in its own namespace. */
class SigningSecretWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final KeyRing ONE = KeyRing.of(SigningKey.make(SigningKey.Kind.ES256, NOW));
  private static final KeyRing OTHER = KeyRing.of(SigningKey.make(SigningKey.Kind.ES256, NOW));

  private final Cluster cluster = new Cluster();
  private final String user = "keys-of-" + cluster.system();
  private final SigningSecret seen = new SigningSecret(() -> {});
  private final SigningSecret seenByOther = new SigningSecret(() -> {});
  private KubernetesClient limited = cluster.client();

  @BeforeEach
  void bind() {
    cluster.client().resource(roleOfOwnNamespace()).create();
    cluster
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(cluster.system())
                .withName(user)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "keyfront-operator")
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
    Config config = Config.fromKubeconfig(cluster.server().kubeconfig());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups("system:authenticated");
    limited = RealApiServer.clientOf(config);
    Cluster.await()
        .ignoreException(KubernetesClientException.class)
        .until(() -> limited.secrets().inNamespace(cluster.system()).list().getItems() != null);
  }

  @AfterEach
  void end() {
    limited.close();
    cluster.close();
  }

  @Test
  void firstToWriteIsTheOneAndTheOtherTakesItsKey() {
    assertThat(writer(seen).create(ONE)).isPresent();

    assertThat(writer(seenByOther).create(OTHER)).isEmpty();

    assertThat(seenByOther.ring().orElseThrow().kids()).isEqualTo(ONE.kids());
    assertThat(writer(seen).create(OTHER)).as("nor does the first forget it").isEmpty();
    assertThat(seen.ring().orElseThrow().kids()).isEqualTo(ONE.kids());
  }

  @Test
  void whatChangedSinceItWasSeenIsNotOverwritten() {
    var first = writer(seen);
    assertThat(first.create(ONE)).isPresent();
    SigningSecret.Seen stale = seen.seen().orElseThrow();
    KeyRing two = ONE.with(SigningKey.make(SigningKey.Kind.ES256, NOW.plusSeconds(1)));
    assertThat(first.replace(stale, two)).isNotNull();

    assertThatThrownBy(() -> writer(seenByOther).replace(stale, OTHER))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(409));

    assertThat(seen.ring().orElseThrow().kids()).isEqualTo(two.kids());
  }

  @Test
  void whatIsGoneIsNotMadeAgainAsIfItWereThere() {
    assertThat(writer(seen).create(ONE)).isPresent();
    SigningSecret.Seen gone = seen.seen().orElseThrow();
    cluster.client().secrets().inNamespace(cluster.system()).delete();

    assertThatThrownBy(() -> writer(seen).replace(gone, OTHER))
        .isInstanceOf(KubernetesClientException.class);

    assertThat(writer(seen).create(OTHER)).as("but it is as if there were none").isPresent();
  }

  @Test
  void noOtherSecretOfTheNamespaceCanBeWritten() {
    for (String name : Set.of("another", SigningSecret.NAME + "-too")) {
      var secret =
          limited
              .secrets()
              .inNamespace(cluster.system())
              .resource(new SecretBuilder().withNewMetadata().withName(name).endMetadata().build());

      assertThatThrownBy(secret::create)
          .isInstanceOfSatisfying(
              KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(403));
      assertThatThrownBy(secret::serverSideApply)
          .isInstanceOfSatisfying(
              KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(403));
    }
  }

  private SigningSecretWriter writer(SigningSecret from) {
    return new SigningSecretWriter(limited, cluster.system(), from);
  }

  private Role roleOfOwnNamespace() {
    return ChartRights.roles(cluster, "defaults").stream()
        .filter(role -> role.getMetadata().getNamespace().equals(cluster.system()))
        .findFirst()
        .orElseThrow();
  }
}
