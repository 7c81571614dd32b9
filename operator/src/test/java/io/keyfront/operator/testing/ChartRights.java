package io.keyfront.operator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.OperatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A user that has what the chart gives the operator, as it is rendered, and no more. */
public final class ChartRights implements AutoCloseable {
  private static final String OPERATOR = "keyfront-operator";
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final Path CHART =
      Path.of("..", "charts", "src", "test", "resources", "golden", "chart");
  private static final Pattern OF_THE_OPERATOR =
      Pattern.compile("\nkind: (Cluster)?Role\nmetadata:\n  name: keyfront-operator");

  private final Cluster cluster;
  private final String user;
  private final String role;
  private final KubernetesClient client;

  private ChartRights(Cluster cluster) {
    this.cluster = cluster;
    this.user = "keyfront-operator-of-" + cluster.system();
    this.role = "keyfront-operator-work-" + cluster.system();
    Config config = Config.fromKubeconfig(cluster.server().kubeconfig());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups("system:authenticated");
    this.client = RealApiServer.clientOf(config);
  }

  /** Resources are read in the whole cluster. */
  public static ChartRights everywhere(Cluster cluster) {
    ChartRights rights = new ChartRights(cluster);
    rights.give("defaults");
    return rights;
  }

  /** None so far. */
  public static ChartRights notYet(Cluster cluster) {
    return new ChartRights(cluster);
  }

  /** Those in the operator's namespace and in the proxies'. */
  public void giveNamespaces() {
    giveNamespaces("defaults");
  }

  /** Those in the whole cluster. */
  public void giveEverywhere() {
    giveEverywhere("defaults");
  }

  /** Resources are read in the team's namespace, and there is no right beyond. */
  public static ChartRights ofTheTeam(Cluster cluster) {
    ChartRights rights = new ChartRights(cluster);
    rights.give("namespaced");
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

  /** The chart's Roles, in the test's namespaces instead of its own. */
  public static List<Role> roles(Cluster cluster, String values) {
    return objects(cluster, values).stream()
        .filter(Role.class::isInstance)
        .map(Role.class::cast)
        .filter(one -> !one.getMetadata().getNamespace().equals("team-blue"))
        .map(
            one -> {
              one.getMetadata().setNamespace(there(cluster, one.getMetadata().getNamespace()));
              return one;
            })
        .toList();
  }

  private static String there(Cluster cluster, String namespace) {
    return switch (namespace) {
      case OperatorSettings.NAMESPACE -> cluster.system();
      case OperatorSettings.PROXY_NAMESPACE -> cluster.proxies();
      default -> cluster.team();
    };
  }

  /** Changes the rights to Secrets that it has where the proxies are. */
  public void changePublishing(Consumer<PolicyRule> change) {
    cluster
        .client()
        .rbac()
        .roles()
        .inNamespace(cluster.proxies())
        .withName(OPERATOR)
        .edit(
            one -> {
              one.getRules().stream()
                  .filter(rule -> rule.getResources().equals(List.of("secrets")))
                  .forEach(change);
              return one;
            });
  }

  private void give(String values) {
    giveNamespaces(values);
    giveEverywhere(values);
  }

  private void giveNamespaces(String values) {
    for (Role one : roles(cluster, values)) {
      cluster.client().resource(one).create();
      bind(one.getMetadata().getNamespace(), one.getMetadata().getName());
    }
  }

  private void giveEverywhere(String values) {
    for (HasMetadata object : objects(cluster, values)) {
      if (object instanceof ClusterRole all) {
        everywhere(all);
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

  private static List<HasMetadata> objects(Cluster cluster, String values) {
    return Stream.of(text(CHART.resolve(values + ".yaml")).split("(?m)^---$"))
        .filter(yaml -> OF_THE_OPERATOR.matcher(yaml).find())
        .map(yaml -> cluster.client().getKubernetesSerialization().<HasMetadata>unmarshal(yaml))
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
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
