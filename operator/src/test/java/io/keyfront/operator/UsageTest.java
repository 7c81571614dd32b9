package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisSettings;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import io.keyfront.operator.testing.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final long CENT = 10_000_000;

  private final Cluster cluster = new Cluster();
  private final TestRedis redis = TestRedis.start();
  private final RedisLedger ledger = connected();

  @AfterEach
  void end() {
    cluster.close();
    ledger.close();
    redis.close();
  }

  private RedisLedger connected() {
    return await()
        .ignoreExceptions()
        .until(
            () ->
                RedisLedger.connect(
                    RedisSettings.of(redis.uri()).closing(Duration.ZERO),
                    Clock.systemUTC(),
                    Marks.none(),
                    news -> {}),
            one -> true);
  }

  @Test
  void statusSaysWhatWasSpentAndWhenNothingIsLeft() {
    FakeProxy proxy = cluster.proxy("one");
    cluster.operator(cluster.client(), cluster.settings(), Optional.of(ledger));
    cluster.apply(
        MachineToken.class,
        "ci",
        "format: Opaque\nscopes: [mock]\nbudget: {usd: '0.05', window: Total, onLedgerLoss: Deny}");
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    TokenPolicy policy = proxy.snapshot().token(cluster.hash("ci")).orElseThrow();

    Hold spent = held(policy, "first", 3 * CENT);
    ledger
        .settle(spent, new Settlement.Known(Usage.of(100, 20), new Amount(2 * CENT, 120)))
        .toCompletableFuture()
        .join();
    Hold open = held(policy, "second", CENT);

    await()
        .untilAsserted(
            () ->
                assertThat(cluster.status("ci").budget())
                    .isEqualTo(
                        new MachineTokenStatus.BudgetStanding(
                            new MachineTokenStatus.Part("0.05", "0.02", "0.01", "0.02", null),
                            null)));
    assertThat(cluster.status("ci").usage()).isEqualTo(new MachineTokenStatus.Usage(1, 100, 20));
    assertThat(cluster.status("ci").lastUsedTime()).isNotNull();
    ledger
        .settle(open, new Settlement.Known(Usage.of(1, 1), new Amount(3 * CENT, 2)))
        .toCompletableFuture()
        .join();
    await()
        .untilAsserted(
            () ->
                assertThat(Cluster.condition(cluster.status("ci").conditions(), "BudgetExhausted"))
                    .isEqualTo("True BudgetExhausted"));
    assertThat(cluster.ready("ci")).isEqualTo("True Valid");
  }

  private Hold held(TokenPolicy policy, String call, long nanoUsd) {
    var request =
        new HoldRequest(
            new HoldId(call, 0),
            List.of(
                new Claim(
                    AccountId.token(policy.identity().account()), policy.identity().limits())),
            new Amount(nanoUsd, 200),
            Instant.now().plusSeconds(5));
    return await()
        .until(
            () ->
                ledger.hold(request).toCompletableFuture().join()
                        instanceof Admission.Admitted admitted
                    ? Optional.of(admitted.hold())
                    : Optional.<Hold>empty(),
            Optional::isPresent)
        .orElseThrow();
  }
}
