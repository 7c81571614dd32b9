package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code keyfront serve --snapshot dir:…} with an agent. */
class ClusterServerTest {
  private static final String TOKEN = "kf_fake-token";
  private static final String ACCOUNT = "uid-1";
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path parts;

  @BeforeEach
  void makeFolder() throws IOException {
    parts = Files.createDirectory(folder.resolve("parts"));
  }

  @Test
  void withoutABaseItIsNotReadyAndTellsAgentsToComeBack() throws Exception {
    try (RunningCluster proxy = RunningCluster.of(parts, folder.resolve("home"))) {
      assertThat(proxy.management("/readyz").statusCode()).isEqualTo(503);
      assertThat(proxy.management("/readyz").body()).contains("waiting for part base");
      assertThat(proxy.management("/healthz").statusCode()).isEqualTo(200);
      assertThat(proxy.ask(TOKEN).statusCode()).isEqualTo(503);
      assertThat(proxy.ask(TOKEN).body()).contains("starting");

      store(token(false));
      store(base());

      await().atMost(SOON).until(() -> proxy.management("/readyz").statusCode() == 200);
      await().atMost(SOON).until(() -> proxy.ask(TOKEN).statusCode() == 200);
    }
  }

  @Test
  void revokedTokenIsRefusedBesideABadBase() throws Exception {
    store(token(false));
    store(base());
    try (RunningCluster proxy = RunningCluster.of(parts, folder.resolve("home"))) {
      await().atMost(SOON).until(() -> proxy.ask(TOKEN).statusCode() == 200);

      store(PartName.BASE, new byte[] {1});
      store(token(true));

      await().atMost(SOON).until(() -> proxy.ask(TOKEN).statusCode() == 401);
      assertThat(proxy.ask(TOKEN).body()).contains("revoked");
      assertThat(proxy.management("/readyz").statusCode()).isEqualTo(200);
      assertThat(proxy.management("/readyz").body())
          .contains("\"refused\":{\"base\":\"Part base is not gzip");
      assertThat(proxy.management("/metrics").body())
          .contains(
              "keyfront_snapshot_parts_refused{kind=\"base\"} 1.0",
              "keyfront_snapshot_parts_loaded{kind=\"tokens\"} 1.0",
              "keyfront_snapshot_sequence{kind=\"base\"} 1.0");
    }
  }

  @Test
  void nothingOfAStandaloneServerIsThere() throws Exception {
    store(base());
    Path home = folder.resolve("home");
    try (RunningCluster proxy = RunningCluster.of(parts, home)) {
      assertThat(proxy.management("/admin/v1/tokens").statusCode()).isEqualTo(404);
      assertThat(home.resolve("secrets.json")).doesNotExist();
      assertThat(home.resolve("secret.key")).doesNotExist();
      assertThat(proxy.management("/metrics").body()).contains("keyfront_credentials 0.0");
    }
  }

  @Test
  void withdrawnServerTakesCallsForTheGraceAndAsksForOtherConnections() throws Exception {
    store(token(false));
    store(base());
    Duration grace = Duration.ofSeconds(2);
    try (RunningCluster proxy = RunningCluster.of(parts, folder.resolve("home"), grace)) {
      await().atMost(SOON).until(() -> proxy.ask(TOKEN).statusCode() == 200);
      assertThat(proxy.ask(TOKEN).headers().firstValue("connection")).isEmpty();

      CompletableFuture<Void> drained = CompletableFuture.runAsync(proxy.server()::drain);
      await().atMost(SOON).until(() -> proxy.management("/readyz").statusCode() == 503);

      var answer = proxy.ask(TOKEN);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("connection")).contains("close");
      assertThat(proxy.management("/readyz").body()).contains("draining");
      await().atMost(SOON).until(drained::isDone);
    }
  }

  private static Part base() {
    return new Part.Base(ProviderCatalog.builtIn(), List.of(), Settings.DEFAULT);
  }

  private static Part token(boolean revoked) {
    Identity identity =
        new Identity(
            ACCOUNT,
            "team-a",
            "ci",
            TokenFormat.OPAQUE,
            Scope.ALL,
            Optional.empty(),
            CidrSet.ANY,
            Limits.NONE,
            Optional.empty());
    return new Part.Tokens(
        Parts.shardOf(ACCOUNT), Map.of(TokenHash.of(TOKEN), new TokenPolicy(identity, revoked)));
  }

  private void store(Part part) throws IOException {
    store(part.name(), PartCodec.encode(part));
  }

  /** Whole, as a mount does it. */
  private void store(PartName name, byte[] bytes) throws IOException {
    Path entry = Files.createDirectories(parts.resolve(name.toString()));
    Path fresh = Files.write(entry.resolve("new"), bytes);
    Files.move(fresh, entry.resolve("part"), StandardCopyOption.REPLACE_EXISTING);
  }
}
