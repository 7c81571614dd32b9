package io.keyfront.charts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.crds.testing.RealApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks a real API server what the chart's ServiceAccounts may do. */
class RightsTest {
  private static final Path VALUES = Path.of("src", "test", "resources", "values");
  private static final String PROXY = "system:serviceaccount:keyfront:keyfront-proxy";
  private static final String OPERATOR = "system:serviceaccount:keyfront-system:keyfront-operator";

  /** One right of each binding of the values. */
  private static final Map<String, List<Known>> KNOWN =
      Map.of(
          "defaults",
          List.of(
              new Known(PROXY, asked("list", "", "secrets", "", "keyfront")),
              new Known(OPERATOR, asked("list", "keyfront.io", "machinetokens", "", "")),
              new Known(OPERATOR, asked("patch", "", "secrets", "keyfront-base", "keyfront")),
              new Known(OPERATOR, leader())),
          "large",
          List.of(
              new Known(PROXY, asked("list", "", "secrets", "", "keyfront")),
              new Known(PROXY, asked("create", "authentication.k8s.io", "tokenreviews", "", ""))),
          "namespaced",
          List.of(
              new Known(OPERATOR, asked("list", "keyfront.io", "machinetokens", "", "team-red")),
              new Known(OPERATOR, asked("list", "keyfront.io", "machinetokens", "", "team-blue")),
              new Known(OPERATOR, asked("patch", "", "secrets", "keyfront-base", "keyfront")),
              new Known(OPERATOR, leader())));

  private static String given = "";

  private record Known(String who, ResourceAttributes what) {}

  private final KubernetesClient client = RealApiServer.get().withCrds().client();

  @BeforeEach
  void everyNamespaceIsThere() {
    for (String name : List.of("keyfront-system", "keyfront", "team-red", "team-blue", "other")) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).and().build())
          .serverSideApply();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "list, '', secrets, '', keyfront, true",
    "watch, '', secrets, '', keyfront, true",
    "patch, coordination.k8s.io, leases, keyfront-proxy-a, keyfront, true",
    "update, '', configmaps, keyfront-marks-63, keyfront, true",
    "update, '', configmaps, kube-root-ca.crt, keyfront, false",
    "get, '', configmaps, keyfront-marks-64, keyfront, false",
    "list, '', configmaps, '', keyfront, true",
    "list, '', configmaps, '', keyfront-system, false",
    "create, '', secrets, '', keyfront, false",
    "update, '', secrets, keyfront-base, keyfront, false",
    "get, '', secrets, '', keyfront-system, false",
    "get, '', secrets, '', team-red, false",
    "get, keyfront.io, machinetokens, '', team-red, false",
    "create, '', pods, '', keyfront, false",
    "create, authentication.k8s.io, tokenreviews, '', '', false"
  })
  void proxyMay(
      String verb, String group, String resource, String name, String namespace, boolean may) {
    apply("defaults");

    assertAllowed(PROXY, asked(verb, group, resource, name, namespace), may);
  }

  @ParameterizedTest
  @CsvSource({
    "create, authentication.k8s.io, tokenreviews, '', '', true",
    "create, authorization.k8s.io, subjectaccessreviews, '', '', false",
    "get, '', serviceaccounts, '', team-red, false",
    "get, '', secrets, '', team-red, false"
  })
  void proxyThatReviewsTokensMay(
      String verb, String group, String resource, String name, String namespace, boolean may) {
    apply("large");

    assertAllowed(PROXY, asked(verb, group, resource, name, namespace), may);
  }

  @ParameterizedTest
  @CsvSource({
    "list, keyfront.io, machinetokens, '', '', true",
    "patch, keyfront.io, machinetokens, a, team-red, true",
    "create, '', secrets, '', team-red, true",
    "patch, '', secrets, keyfront-base, keyfront, true",
    "create, '', events, '', team-red, true",
    "patch, '', events, '', team-red, false",
    "create, events.k8s.io, events, '', team-red, false",
    "update, coordination.k8s.io, leases, keyfront-operator, keyfront-system, true",
    "update, coordination.k8s.io, leases, other, keyfront-system, false",
    "create, keyfront.io, keyfrontsettings, keyfront, keyfront-system, true",
    "patch, keyfront.io, keyfrontsettings, keyfront, keyfront-system, true",
    "patch, keyfront.io, keyfrontsettings, other, keyfront-system, false",
    "patch, keyfront.io, keyfrontsettings, keyfront, team-red, false",
    "delete, keyfront.io, keyfrontsettings, keyfront, keyfront-system, false",
    "get, '', configmaps, keyfront-settings, keyfront-system, false",
    "list, '', namespaces, '', '', true",
    "update, keyfront.io, machinetokens, a, team-red, false",
    "create, keyfront.io, machinetokens, '', team-red, false",
    "delete, keyfront.io, machinetokens, a, team-red, false",
    "create, '', pods, '', team-red, false",
    "get, '', configmaps, '', team-red, false",
    "create, rbac.authorization.k8s.io, clusterrolebindings, '', '', false"
  })
  void operatorOfTheWholeClusterMay(
      String verb, String group, String resource, String name, String namespace, boolean may) {
    apply("defaults");

    assertAllowed(OPERATOR, asked(verb, group, resource, name, namespace), may);
  }

  @ParameterizedTest
  @CsvSource({
    "list, keyfront.io, machinetokens, '', team-red, true",
    "create, '', secrets, '', team-blue, true",
    "create, '', events, '', keyfront-system, true",
    "patch, keyfront.io, keyfrontsettings, keyfront, keyfront-system, true",
    "create, '', secrets, keyfront-signing-keys, keyfront-system, true",
    "patch, '', secrets, keyfront-signing-keys, keyfront-system, true",
    "delete, '', secrets, keyfront-signing-keys, keyfront-system, false",
    "create, '', secrets, '', keyfront-system, false",
    "patch, '', secrets, keyfront-redis, keyfront-system, false",
    "list, keyfront.io, machinetokens, '', '', false",
    "list, keyfront.io, machinetokens, '', other, false",
    "get, '', secrets, '', other, false"
  })
  void operatorOfSomeNamespacesMay(
      String verb, String group, String resource, String name, String namespace, boolean may) {
    apply("namespaced");

    assertAllowed(OPERATOR, asked(verb, group, resource, name, namespace), may);
  }

  /**
   * Gives the rights once, not for each row, and waits until the API server knows them: it learns
   * of a role a moment after it took it, and a no before that proves nothing.
   */
  private void apply(String values) {
    if (values.equals(given)) {
      return;
    }
    for (String name : List.of("keyfront-operator", "keyfront-token-review")) {
      var unused = client.rbac().clusterRoleBindings().withName(name).delete();
    }
    String rendered = Chart.rendered(VALUES.resolve(values + ".yaml"));
    for (GenericKubernetesResource object : Chart.objects(rendered)) {
      if (object.getApiVersion().startsWith("rbac.authorization.k8s.io/")) {
        client.resource(object).forceConflicts().serverSideApply();
      }
    }
    requireNonNull(KNOWN.get(values)).forEach(known -> assertAllowed(known.who, known.what, true));
    given = values;
  }

  private static ResourceAttributes leader() {
    return asked("update", "coordination.k8s.io", "leases", "keyfront-operator", "keyfront-system");
  }

  private static ResourceAttributes asked(
      String verb, String group, String resource, String name, String namespace) {
    return new ResourceAttributesBuilder()
        .withVerb(verb)
        .withGroup(group)
        .withResource(resource)
        .withName(name)
        .withNamespace(namespace)
        .build();
  }

  /** A right that other values gave goes a moment after they went. */
  private void assertAllowed(String who, ResourceAttributes what, boolean may) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(allowed(who, what)).describedAs("%s", what).isEqualTo(may));
  }

  private boolean allowed(String who, ResourceAttributes what) {
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(who)
            .withGroups("system:serviceaccounts", "system:authenticated")
            .withResourceAttributes(what)
            .endSpec()
            .build();
    return client
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
