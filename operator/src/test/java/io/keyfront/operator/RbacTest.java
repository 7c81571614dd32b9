package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.testing.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator runs with the committed rights, and they give it no more than that. */
class RbacTest {
  private static final String WORK = "keyfront-operator-work";
  private static final String SPEC = "format: Opaque\nscopes: [mock]";

  private final Cluster cluster = new Cluster();
  private final String user = "keyfront-operator-of-" + cluster.system();
  private final String role = WORK + "-" + cluster.system();
  private KubernetesClient operator = cluster.client();

  @BeforeEach
  void bind() {
    for (HasMetadata object : committed()) {
      if (object instanceof ClusterRole all) {
        all.getMetadata().setName(role);
        cluster.client().resource(all).create();
        bindEverywhere();
      } else if (object instanceof Role one) {
        String namespace =
            one.getMetadata().getNamespace().equals(OperatorSettings.NAMESPACE)
                ? cluster.system()
                : cluster.proxies();
        one.getMetadata().setNamespace(namespace);
        cluster.client().resource(one).create();
        bind(namespace, one.getMetadata().getName());
      }
    }
    Config config = Config.fromKubeconfig(cluster.server().kubeconfig());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups("system:authenticated");
    operator = RealApiServer.clientOf(config);
  }

  @AfterEach
  void end() {
    cluster.client().rbac().clusterRoleBindings().withName(role).delete();
    cluster.client().rbac().clusterRoles().withName(role).delete();
    cluster.close();
    operator.close();
  }

  @Test
  void committedRightsAreEnoughForAWholeLife() {
    cluster.proxy("one");
    OperatorProcess process = cluster.operator(operator, everywhere(), Optional.empty());
    await().until(process::isLeading);

    cluster.secret("openai", Map.of("key", "sk-fake"));
    cluster.apply(
        ProviderCredential.class,
        "openai",
        "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: openai, key: key}}}");
    cluster.apply(MachineToken.class, "ci", SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    cluster.apply(MachineToken.class, "signed", "format: JWT\nscopes: [mock]\nttl: 1h");
    await().untilAsserted(() -> assertThat(cluster.ready("signed")).isEqualTo("True Valid"));
    cluster.secret("ci", Map.of("OPENAI_BASE_URL", "https://elsewhere.example"));
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.data("ci"))
                    .containsEntry("OPENAI_BASE_URL", Cluster.SERVICE + "/openai/v1"));
    cluster.apply(MachineToken.class, "ci", SPEC + "\nrevoked: true");
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False Revoked"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        cluster
                            .client()
                            .v1()
                            .events()
                            .inNamespace(cluster.team())
                            .list()
                            .getItems())
                    .anyMatch(event -> "Revoked".equals(event.getReason())));
    cluster.client().resource(cluster.token("ci")).delete();
    await()
        .until(
            () ->
                cluster
                        .client()
                        .resources(MachineToken.class)
                        .inNamespace(cluster.team())
                        .withName("ci")
                        .get()
                    == null);
  }

  @Test
  void whatIsNotGivenIsRefused() {
    MachineToken token = cluster.apply(MachineToken.class, "ci", SPEC);

    refused(() -> operator.resource(token).delete());
    refused(() -> operator.pods().inNamespace(cluster.team()).list());
    refused(() -> operator.configMaps().inNamespace(cluster.system()).list());
    refused(() -> operator.rbac().clusterRoles().list());
    refused(() -> operator.leases().inNamespace(cluster.system()).withName("other").get());
    refused(
        () ->
            operator.leases().inNamespace(cluster.proxies()).withName("keyfront-proxy-x").delete());
    refused(() -> operator.namespaces().withName(cluster.team()).delete());
    refused(() -> operator.apiextensions().v1().customResourceDefinitions().list());
  }

  @Test
  void rightsTakenAwayAtRunTimeAreSaidAndHeal() {
    cluster.proxy("one");
    OperatorProcess process = cluster.operator(operator, everywhere(), Optional.empty());
    await().until(process::isReady);
    changeWork(rule -> rule.getVerbs().remove("create"));

    cluster.apply(MachineToken.class, "ci", SPEC);

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False Forbidden"));
    assertThat(process.metrics().scrape())
        .contains("keyfront_operator_reconcile_errors_total")
        .contains("reason=\"FORBIDDEN\"");
    assertThat(process.isReady()).isTrue();
    changeWork(rule -> rule.getVerbs().add("create"));
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
  }

  private void changeWork(Consumer<PolicyRule> change) {
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

  private OperatorSettings everywhere() {
    OperatorSettings some = cluster.settings();
    return new OperatorSettings(
        some.namespace(),
        some.proxyNamespace(),
        Set.of(),
        some.serviceUrl(),
        some.ledger(),
        some.listen(),
        true,
        some.secretSelector(),
        false,
        some.usageTurn(),
        some.signingKeyLifetime());
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(403));
  }

  private void bindEverywhere() {
    cluster
        .client()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
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
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private List<HasMetadata> committed() {
    Path file = Path.of("src/main/k8s/rbac.yaml");
    try (InputStream yaml = Files.newInputStream(file)) {
      return cluster.client().load(yaml).items();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
