package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.keyfront.core.session.Authorities;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.crds.testing.ServiceAccountTokens;
import io.keyfront.snapshot.PartName;
import io.keyfront.testkit.ManualClock;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code keyfront serve --snapshot secrets:…} on a real API server, with an agent. */
class ClusterOnApiServerTest {
  private static final String KUBECONFIG = "kubeconfig";
  private static final Duration SOON = Duration.ofSeconds(20);

  /** The API server itself remembers for 10 s that a token was good. */
  private static final Duration REVIEWED = Duration.ofSeconds(40);

  private static final String TOKEN = "kf_fake-token-of-the-agent-0000000000000000";
  private static final String AGENT =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: agent, namespace: team}
      stringData: {token: %s}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: agent, namespace: team, uid: uid-of-agent}
      spec:
        tokenFrom: {secretRef: {name: agent, key: token}}
        scopes: [mock]
        revoked: %s
      """;
  private static final String RUNNER =
      """
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: runner, namespace: %s, uid: uid-of-runner}
      spec: {format: ServiceAccount, serviceAccountName: runner, scopes: [mock]}
      """;

  @TempDir Path folder;
  private RealApiServer server;
  private String proxies;
  private String team;
  private PublishedResources operator;
  private ServiceAccountTokens tokens;

  @BeforeEach
  void prepare() throws Exception {
    server = RealApiServer.get();
    proxies = server.freshNamespace();
    team = server.freshNamespace();
    operator = new PublishedResources(server, proxies);
    tokens = new ServiceAccountTokens(server);
    Path kubeconfig = Files.writeString(folder.resolve(KUBECONFIG), server.kubeconfig());
    System.setProperty(KUBECONFIG, kubeconfig.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(KUBECONFIG);
  }

  private RunningCluster proxy(Clock clock, Optional<Duration> review) throws Exception {
    return RunningCluster.of(
        new SnapshotSource.Secrets(proxies),
        Files.createTempDirectory(folder, "home"),
        clock,
        review);
  }

  private static void awaitStatus(RunningCluster proxy, String token, int status) {
    await().atMost(SOON).until(() -> proxy.ask(token).statusCode() == status);
  }

  @Test
  void agentCallsWithTheTokenOfAResource() throws Exception {
    try (RunningCluster proxy = proxy(Clock.systemUTC(), Optional.empty())) {
      assertThat(proxy.management("/readyz").statusCode()).isEqualTo(503);
      operator.publish(AGENT.formatted(TOKEN, false), Authorities.NONE);

      awaitStatus(proxy, TOKEN, 200);
      assertThat(proxy.ask("kf_fake-of-nobody").statusCode()).isEqualTo(401);
      assertThat(proxy.management("/readyz").body())
          .contains("\"ready\":true", "\"loaded\":{\"base\":1,\"tokens-")
          .doesNotContain("notes");

      operator.publish(AGENT.formatted(TOKEN, true), Authorities.NONE);
      awaitStatus(proxy, TOKEN, 401);
    }
  }

  @Test
  void partThatIsRefusedIsSaidAndTakesNothingDown() throws Exception {
    operator.publish(AGENT.formatted(TOKEN, false), Authorities.NONE);
    try (RunningCluster proxy = proxy(Clock.systemUTC(), Optional.empty())) {
      awaitStatus(proxy, TOKEN, 200);

      operator.publish(PartName.BASE, new byte[] {1, 2, 3});

      await()
          .atMost(SOON)
          .until(() -> proxy.management("/readyz").body().contains("\"refused\":{\"base\":"));
      assertThat(proxy.management("/readyz").body())
          .contains("\"ready\":true", "Part base is not gzip");
      assertThat(proxy.ask(TOKEN).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void serviceAccountTokenEndsAndTheOneThatIsReadAgainWorks() throws Exception {
    ServiceAccount account = tokens.account(team, "runner");
    operator.publish(RUNNER.formatted(team), tokens.authorities());
    ManualClock clock = ManualClock.at(Instant.parse("2026-11-22T12:00:00Z"));
    Duration life = Duration.ofSeconds(20);
    String token = tokens.signed(account, clock.instant(), clock.instant().plus(life));
    try (RunningCluster proxy = proxy(clock, Optional.empty())) {
      awaitStatus(proxy, token, 200);
      clock.advance(life.plusSeconds(29));
      assertThat(proxy.ask(token).statusCode()).as("within the skew").isEqualTo(200);

      clock.advance(Duration.ofSeconds(1));

      HttpResponse<String> refusal = proxy.ask(token);
      assertThat(refusal.statusCode()).isEqualTo(401);
      assertThat(refusal.headers().firstValue("x-keyfront-code")).contains("token_expired");
      assertThat(refusal.body()).contains("expired at 2026-11-22T12:00:20Z");
      String again = tokens.signed(account, clock.instant(), clock.instant().plus(life));
      assertThat(proxy.ask(again).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokenOfAServiceAccountThatWasDeletedIsRefusedWhereTokensAreReviewed() throws Exception {
    ServiceAccount account = tokens.account(team, "runner");
    String token = tokens.requested(account, "keyfront", Optional.empty());
    operator.publish(RUNNER.formatted(team), tokens.authorities());
    try (RunningCluster asks = proxy(Clock.systemUTC(), Optional.of(Duration.ofSeconds(1)));
        RunningCluster doesNot = proxy(Clock.systemUTC(), Optional.empty())) {
      awaitStatus(asks, token, 200);
      awaitStatus(doesNot, token, 200);

      server.client().resource(account).delete();

      await().atMost(REVIEWED).until(() -> asks.ask(token).statusCode() == 401);
      HttpResponse<String> refusal = asks.ask(token);
      assertThat(refusal.headers().firstValue("x-keyfront-code")).contains("service_account_gone");
      assertThat(refusal.body()).contains(team + "/runner").doesNotContain(token);
      assertThat(doesNot.ask(token).statusCode()).isEqualTo(200);
      assertThat(asks.management("/metrics").body())
          .contains(
              "keyfront_token_reviews_total{result=\"vouched\"}",
              "keyfront_token_reviews_total{result=\"refused\"}");
    }
  }

  @Test
  void tokenOfAPodThatWasDeletedIsRefusedAndThatOfAnotherPodIsNot() throws Exception {
    ServiceAccount account = tokens.account(team, "runner");
    Pod first = tokens.pod(account, "first");
    Pod second = tokens.pod(account, "second");
    String leaver = tokens.requested(account, "keyfront", Optional.of(first));
    String stayer = tokens.requested(account, "keyfront", Optional.of(second));
    operator.publish(RUNNER.formatted(team), tokens.authorities());
    try (RunningCluster proxy = proxy(Clock.systemUTC(), Optional.of(Duration.ofSeconds(1)))) {
      awaitStatus(proxy, leaver, 200);
      awaitStatus(proxy, stayer, 200);

      server.client().resource(first).withGracePeriod(0).delete();

      await().atMost(REVIEWED).until(() -> proxy.ask(leaver).statusCode() == 401);
      assertThat(proxy.ask(stayer).statusCode()).isEqualTo(200);
    }
  }
}
