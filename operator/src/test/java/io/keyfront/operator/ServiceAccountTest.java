package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.session.SignedTokens;
import io.keyfront.core.session.SignedVerdict;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.Identity;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that hold nothing but the token of their ServiceAccount. */
class ServiceAccountTest {
  private static final String RUNNER =
      "format: ServiceAccount\nserviceAccountName: runner\nscopes: ['mock:*']";

  private final Cluster cluster = new Cluster();

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void tokenThatTheClusterSignedIsKnownToTheProxiesUntilItsMachineTokenIsGone() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator();
    cluster.apply(MachineToken.class, "runner", RUNNER);

    await().untilAsserted(() -> assertThat(cluster.ready("runner")).isEqualTo("True Valid"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        SignedTokens.verify(
                            signed(), proxy.snapshot().settings().authorities(), Instant.now()))
                    .isInstanceOfSatisfying(
                        SignedVerdict.Genuine.class,
                        genuine -> assertThat(name(genuine.caller())).isEqualTo("runner")));
    assertThat(policy(proxy.snapshot())).isEqualTo("runner");
    assertThat(cluster.status("runner").secretName()).as("there is nothing to keep").isNull();

    cluster.client().resources(MachineToken.class).inNamespace(cluster.team()).delete();

    await().untilAsserted(() -> assertThat(policy(proxy.snapshot())).isEmpty());
  }

  private static String name(SignedCaller caller) {
    return caller instanceof SignedCaller.OfServiceAccount account ? account.name() : "";
  }

  private String policy(Snapshot snapshot) {
    return snapshot
        .tokenOfServiceAccount(cluster.team(), "runner")
        .map(policy -> policy.identity())
        .map(Identity::name)
        .orElse("");
  }

  private String signed() {
    var accounts = cluster.client().serviceAccounts().inNamespace(cluster.team());
    if (accounts.withName("runner").get() == null) {
      accounts
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withName("runner")
                  .endMetadata()
                  .build())
          .create();
    }
    return accounts
        .withName("runner")
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences("keyfront")
                .withExpirationSeconds(600L)
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }
}
