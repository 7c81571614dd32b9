package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.notice.NoticeStore;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real redis-server that takes nobody without TLS. */
class RedisTlsTest {
  private static final TestCertificates OURS = TestCertificates.create();

  @TempDir Path folder;

  private Path file(String name, String pem) throws IOException {
    return Files.writeString(folder.resolve(name), pem);
  }

  /** Speaks TLS at a port of its own. */
  private RedisProcess redis(int port, TestCertificates identity, String... more)
      throws IOException {
    String[] tls = {
      "--tls-port", String.valueOf(port),
      "--tls-cert-file", file("redis.crt", identity.certificatePem()).toString(),
      "--tls-key-file", file("redis.key", identity.keyPem()).toString(),
      "--tls-ca-cert-file", file("redis-ca.crt", identity.caPem()).toString(),
      "--tls-auth-clients", "no"
    };
    String[] all = new String[tls.length + more.length];
    System.arraycopy(tls, 0, all, 0, tls.length);
    System.arraycopy(more, 0, all, tls.length, more.length);
    return RedisProcess.started(all);
  }

  private static RedisLedger connect(RedisSettings settings) {
    return RedisLedger.connect(
        settings.closing(Duration.ZERO), Clock.systemUTC(), Marks.none(), news -> {});
  }

  private RedisSettings trusting(String uri, TestCertificates authority) throws IOException {
    return RedisSettings.of(uri).trusting(file("trusted.crt", authority.caPem()));
  }

  private static void assertServes(RedisLedger ledger) {
    HoldRequest request =
        new HoldRequest(
            call(),
            List.of(new Claim(AccountId.token("t"), usd(1000))),
            new Amount(1, 1),
            Instant.now().plusSeconds(5));
    assertThat(done(ledger.hold(request))).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void redisOfAPrivateAuthorityServesTheLedgerAndItsNotices() throws IOException {
    int port = RedisProcess.freePort();
    try (RedisProcess redis = redis(port, OURS)) {
      RedisSettings settings = trusting("rediss://localhost:" + port, OURS);
      try (RedisLedger ledger = connect(settings);
          RedisNotices notices = new RedisNotices(settings)) {
        assertServes(ledger);
        assertThat(done(notices.claim("k", Duration.ofSeconds(5))))
            .isEqualTo(NoticeStore.Claim.MINE);
      }
      assertThat(redis.info()).contains("role:master");
    }
  }

  @Test
  void nodeOfAClusterWithAPrivateAuthorityServesTheLedger() throws IOException {
    int port = RedisProcess.freePort();
    try (RedisProcess node =
        redis(port, OURS, "--cluster-enabled", "yes", "--tls-cluster", "yes")) {
      node.ownAllSlots();
      try (RedisLedger ledger = connect(trusting("rediss-cluster://127.0.0.1:" + port, OURS))) {
        assertServes(ledger);
      }
    }
  }

  @Test
  void redisOfAnotherAuthorityIsRefused() throws IOException {
    int port = RedisProcess.freePort();
    try (RedisProcess redis = redis(port, TestCertificates.create())) {
      RedisSettings settings = trusting("rediss://localhost:" + port, OURS);

      assertThatThrownBy(() -> connect(settings))
          .isInstanceOf(RedisRefused.class)
          .hasMessageContaining("rediss://localhost:" + port)
          .hasMessageContaining("Signature does not match");
      assertThat(redis.info()).doesNotContain("cmdstat_evalsha");
    }
  }

  @Test
  void privateAuthorityIsRefusedWhereNobodyWasToldToTrustIt() throws IOException {
    int port = RedisProcess.freePort();
    try (RedisProcess redis = redis(port, OURS)) {
      assertThatThrownBy(() -> connect(RedisSettings.of("rediss://localhost:" + port)))
          .isInstanceOf(RedisRefused.class)
          .hasMessageContaining("unable to find valid certification path");
      assertThat(redis.info()).doesNotContain("cmdstat_evalsha");
    }
  }

  @Test
  void certificateOfAnotherHostIsRefused() throws IOException {
    TestCertificates elsewhere = TestCertificates.createFor("elsewhere.example");
    int port = RedisProcess.freePort();
    try (RedisProcess redis = redis(port, elsewhere)) {
      RedisSettings settings = trusting("rediss://localhost:" + port, elsewhere);

      assertThatThrownBy(() -> connect(settings))
          .isInstanceOf(RedisRefused.class)
          .hasMessageContaining("localhost");
      assertThat(redis.info()).doesNotContain("cmdstat_evalsha");
      try (RedisLedger ledger = connect(trusting("rediss://127.0.0.1:" + port, elsewhere))) {
        assertServes(ledger);
      }
    }
  }

  @Test
  void fileThatIsNoCertificateIsTold() throws IOException {
    RedisSettings settings =
        RedisSettings.of("rediss://localhost:1").trusting(file("no.crt", "no certificate"));

    assertThatThrownBy(() -> connect(settings))
        .isInstanceOf(RedisRefused.class)
        .hasMessageContaining("certificate");
  }

  @Test
  void authorityForAConnectionWithoutTlsIsAMistake() {
    assertThatThrownBy(() -> RedisSettings.of("redis://localhost:1").trusting(Path.of("ca.pem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rediss://");
  }
}
