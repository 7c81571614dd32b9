package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.testing.ChartRights;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A finalizer that stays says why. */
class FarewellTest {
  private static final String STILL_IN_USE = "It is deleted, but still in use: ";

  private final Cluster cluster = new Cluster();
  private final ChartRights rights = ChartRights.ofTheTeam(cluster);

  @AfterEach
  void end() {
    rights.close();
    cluster.close();
  }

  @Test
  void tokenThatCannotLeaveTheSnapshotStaysAndSaysWhyUntilItCan() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator(rights.client(), ofTheTeam(), Optional.empty());
    cluster.apply(MachineToken.class, "ci", "format: Opaque\nscopes: [mock]");
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    TokenHash hash = cluster.hash("ci");
    rights.changePublishing(rule -> rule.getVerbs().remove("patch"));
    await().until(() -> !mayPublish());

    cluster.client().resource(cluster.token("ci")).delete();

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("False NotPublished"));
    assertThat(cluster.token("ci").getMetadata().getFinalizers()).isNotEmpty();
    assertThat(said()).startsWith(STILL_IN_USE + "The snapshot could not be written.");
    assertThat(proxy.snapshot().token(hash)).isPresent();
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
                    .filteredOn(event -> "NotPublished".equals(event.getReason()))
                    .extracting(Event::getMessage)
                    .anyMatch(message -> message.startsWith(STILL_IN_USE)));

    rights.changePublishing(rule -> rule.getVerbs().add("patch"));

    await().until(() -> find() == null);
    assertThat(proxy.snapshot().token(hash)).isEmpty();
  }

  /** Whoever works everywhere may write Secrets everywhere: the proxies' namespace is no other. */
  private OperatorSettings ofTheTeam() {
    OperatorSettings some = cluster.settings();
    return new OperatorSettings(
        some.namespace(),
        some.proxyNamespace(),
        Set.of(cluster.team()),
        some.serviceUrl(),
        some.ledger(),
        some.listen(),
        some.leaderElection(),
        some.secretSelector(),
        some.loopbackEndpoints(),
        some.usageTurn(),
        some.signingKeyLifetime());
  }

  /** The API server learns of a role's change a moment after it took it. */
  private boolean mayPublish() {
    try {
      rights
          .client()
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withNamespace(cluster.proxies())
                  .withName("tried")
                  .endMetadata()
                  .build())
          .dryRun()
          .serverSideApply();
      return true;
    } catch (KubernetesClientException refused) {
      assertThat(refused.getCode()).isEqualTo(403);
      return false;
    }
  }

  private String said() {
    return cluster.status("ci").conditions().stream()
        .filter(one -> one.getType().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }

  private @Nullable MachineToken find() {
    return cluster
        .client()
        .resources(MachineToken.class)
        .inNamespace(cluster.team())
        .withName("ci")
        .get();
  }
}
