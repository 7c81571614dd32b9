package io.keyfront.operator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.OperatorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A user that has what the committed rights give the operator, and no more. */
public final class CommittedRights implements AutoCloseable {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final Path FILE = Path.of("src/main/k8s/rbac.yaml");

  private final Cluster cluster;
  private final String user;
  private final String role;
  private final KubernetesClient client;

  private CommittedRights(Cluster cluster) {
    this.cluster = cluster;
    this.user = "keyfront-operator-of-" + cluster.system();
    this.role = "keyfront-operator-work-" + cluster.system();
    Config config = Config.fromKubeconfig(cluster.server().kubeconfig());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups("system:authenticated");
    this.client = RealApiServer.clientOf(config);
  }

  /** Resources are read in the whole cluster. */
  public static CommittedRights everywhere(Cluster cluster) {
    CommittedRights rights = new CommittedRights(cluster);
    rights.give(rights::everywhere);
    return rights;
  }

  /** Resources are read in the team's namespace, and there is no right beyond. */
  public static CommittedRights ofTheTeam(Cluster cluster) {
    CommittedRights rights = new CommittedRights(cluster);
    rights.give(rights::inTheTeam);
    return rights;
  }

  /** Acts as the user. */
  public KubernetesClient client() {
    return client;
  }

  /** Changes the rights to Secrets that it has where resources are. */
  public void changeSecrets(Consumer<PolicyRule> change) {
    cluster
        .client()
        .rbac()
        .clusterRoles()
        .withName(role)
        .edit(
            all -> {
              all.getRules().stream()
                  .filter(rule -> rule.getResources().equals(List.of("secrets")))
                  .forEach(change);
              return all;
            });
  }

  private void give(Consumer<ClusterRole> work) {
    for (HasMetadata object : committed()) {
      if (object instanceof ClusterRole all) {
        work.accept(all);
      } else if (object instanceof Role one) {
        boolean own = one.getMetadata().getNamespace().equals(OperatorSettings.NAMESPACE);
        one.getMetadata().setNamespace(own ? cluster.system() : cluster.proxies());
        cluster.client().resource(one).create();
        bind(one.getMetadata().getNamespace(), one.getMetadata().getName());
      }
    }
  }

  private void everywhere(ClusterRole all) {
    all.getMetadata().setName(role);
    cluster.client().resource(all).create();
    cluster
        .client()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .endMetadata()
                .withNewRoleRef(RBAC, "ClusterRole", role)
                .addNewSubject(RBAC, "User", user, null)
                .build())
        .create();
  }

  private void inTheTeam(ClusterRole all) {
    cluster
        .client()
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(cluster.team())
                .withName(role)
                .endMetadata()
                .withRules(
                    all.getRules().stream()
                        .filter(rule -> !rule.getResources().contains("namespaces"))
                        .toList())
                .build())
        .create();
    bind(cluster.team(), role);
  }

  private void bind(String namespace, String name) {
    cluster
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewRoleRef(RBAC, "Role", name)
                .addNewSubject(RBAC, "User", user, null)
                .build())
        .create();
  }

  private List<HasMetadata> committed() {
    try (InputStream yaml = Files.newInputStream(FILE)) {
      return cluster.client().load(yaml).items();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    cluster.client().rbac().clusterRoleBindings().withName(role).delete();
    cluster.client().rbac().clusterRoles().withName(role).delete();
    client.close();
  }
}
