package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.mark.Marks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A proxy of a Redis Cluster dies after the token's slot answered, before the credential's. */
class ClusterDeathTest {
  private static final AccountId TOKEN = AccountId.token("t");
  private static final AccountId CREDENTIAL = AccountId.credential("dies-before-this-one");
  private static final Amount HELD = new Amount(600, 10);
  private static final Duration LATER = Duration.ofSeconds(30);

  private static RedisLedger proxy(Tunnel tunnel) {
    return RedisLedger.connect(
        RedisSettings.of("redis-cluster://127.0.0.1:" + tunnel.port() + "?lease=6s"),
        Clock.systemUTC(),
        Marks.none(),
        news -> {});
  }

  /** A busy machine may make Redis look away. */
  private static Standing standing(RedisLedger ledger, AccountId account) {
    return await()
        .atMost(LATER)
        .ignoreExceptions()
        .until(() -> done(ledger.standing(account)), told -> true);
  }

  @Test
  void whatTheTokenHeldIsChargedInFullWhenItsLeaseEndsAndTheCredentialHoldsNothing() {
    int port = RedisProcess.freePort();
    try (RedisProcess node = RedisProcess.clusterBehind(port);
        Tunnel tunnel = new Tunnel(port, node.port())) {
      HoldRequest request =
          new HoldRequest(
              call(),
              List.of(new Claim(TOKEN, usd(1_000)), new Claim(CREDENTIAL, Limits.NONE)),
              HELD,
              Instant.now().plusSeconds(30));
      RedisLedger mortal = proxy(tunnel);
      tunnel.cutAt(CREDENTIAL.id());
      var unanswered = mortal.hold(request);
      await().atMost(LATER).until(tunnel::isCut);
      mortal.disconnectAtOnce();
      tunnel.repair();

      try (RedisLedger other = proxy(tunnel)) {
        assertThat(standing(other, TOKEN).in(Window.TOTAL).held()).isEqualTo(HELD);
        assertThat(standing(other, CREDENTIAL).inFlight()).isZero();
        await().atMost(LATER).until(() -> standing(other, TOKEN).inFlight() == 0);
        Standing token = standing(other, TOKEN);
        assertThat(token.in(Window.TOTAL).held()).isEqualTo(Amount.ZERO);
        assertThat(token.in(Window.TOTAL).spent()).as("in full, never given back").isEqualTo(HELD);
        assertThat(token.totals().inDoubt()).isEqualTo(1);
        assertThat(standing(other, CREDENTIAL).in(Window.TOTAL).spent()).isEqualTo(Amount.ZERO);
      }
      assertThat(unanswered.toCompletableFuture()).isNotNull();
    }
  }
}
