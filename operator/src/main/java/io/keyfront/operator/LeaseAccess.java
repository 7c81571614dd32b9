package io.keyfront.operator;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.keyfront.operator.report.Trouble;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the API server lets this operator keep its leader Lease. The SDK asks the same when
 * it starts, and gives up for good where the answer is no: also when the roles are made a moment
 * later, or an API server that has just begun has not read them yet.
 */
final class LeaseAccess {
  private static final System.Logger LOG = System.getLogger(LeaseAccess.class.getName());
  private static final String ALL = "*";
  private static final Set<String> NEEDED = Set.of("create", "get", "update");

  private final KubernetesClient client;
  private final String namespace;
  private final Duration pause;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String lacks = "";

  /**
   * @param namespace of the Lease
   * @param pause before it is asked again
   */
  LeaseAccess(KubernetesClient client, String namespace, Duration pause) {
    this.client = once(client);
    this.namespace = namespace;
    this.pause = pause;
  }

  /** The client by itself asks an API server that is away for minutes, at ever longer intervals. */
  private static KubernetesClient once(KubernetesClient patient) {
    var impatient =
        new RequestConfigBuilder(patient.getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .build();
    return patient.newClient(impatient).adapt(KubernetesClient.class);
  }

  /** Returns when it is given; false where this was told to end before. */
  boolean await() {
    try {
      while (ended.getCount() > 0) {
        Optional<String> why = lacking();
        tell(why.orElse(""));
        if (why.isEmpty()) {
          return true;
        }
        var unused = ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Once for each reason, not for each try. */
  private void tell(String why) {
    if (!why.isEmpty() && !why.equals(lacks)) {
      LOG.log(Level.WARNING, "This operator waits to begin: {0}", why);
    }
    lacks = why;
  }

  /** Why it waits; empty while it does not. */
  Optional<String> waitsFor() {
    return Optional.of(lacks).filter(why -> !why.isEmpty());
  }

  /** Who waits here waits no more. */
  void end() {
    ended.countDown();
  }

  private Optional<String> lacking() {
    try {
      Set<String> missing = new TreeSet<>(NEEDED);
      rules().stream().filter(LeaseAccess::isOfTheLease).forEach(rule -> grant(rule, missing));
      return missing.isEmpty() ? Optional.empty() : Optional.of(sentence(missing));
    } catch (KubernetesClientException refused) {
      return Optional.of(Trouble.of(refused).sentence());
    }
  }

  private List<ResourceRule> rules() {
    SelfSubjectRulesReview asked =
        new SelfSubjectRulesReviewBuilder()
            .withNewSpec()
            .withNamespace(namespace)
            .endSpec()
            .build();
    return client.resource(asked).create().getStatus().getResourceRules();
  }

  private static boolean isOfTheLease(ResourceRule rule) {
    List<String> names = rule.getResourceNames();
    return has(rule.getApiGroups(), "coordination.k8s.io")
        && has(rule.getResources(), "leases")
        && (names.isEmpty() || names.contains(OperatorSettings.LEADER));
  }

  private static boolean has(List<String> some, String one) {
    return some.contains(one) || some.contains(ALL);
  }

  private static void grant(ResourceRule rule, Set<String> missing) {
    missing.removeIf(verb -> has(rule.getVerbs(), verb));
  }

  private String sentence(Set<String> missing) {
    return "the API server does not allow it to %s the Lease %s in namespace %s. Give its ServiceAccount the rights of the chart's roles."
        .formatted(String.join(", ", missing), OperatorSettings.LEADER, namespace);
  }
}
