package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisSettings;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.speech.Tokens;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Redis that hangs or is gone: agents are answered, and what they used is counted in the
 * end.
 */
class LedgerAwayTest {
  private static final String FREE = "kf_fake-token-without-any-limits-0000000000000";
  private static final String UNKNOWN = "kf_fake-token-that-nobody-knows-0000000000000";
  private static final long LIMIT = 5_000;

  @TempDir private Path folder;
  private FakeProvider provider;
  private RedisUnderTest redis;
  private RedisLedger ledger;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start();
    redis = RedisUnderTest.start(folder);
    ledger =
        RedisLedger.connect(
            RedisSettings.of(redis.uri()), Clock.systemUTC(), Marks.none(), news -> {});
    proxy = ProxyUnderTest.start(snapshot(), DataplaneOptions.DEFAULT, ledger);
  }

  @AfterEach
  void stop() {
    proxy.close();
    ledger.close();
    redis.close();
    provider.close();
  }

  private Snapshot snapshot() {
    Budget budget =
        new Budget(OptionalLong.empty(), OptionalLong.of(LIMIT), Window.DAY, OnLedgerLoss.DENY);
    return new Snapshots()
        .limited(ProxyUnderTest.TOKEN, Limits.of(budget), "openai:*")
        .token(FREE, "openai:*")
        .key("openai", provider.uri(), "sk-fake-provider-key")
        .build();
  }

  /** Within a minute, or the test fails: it is an agent's patience that a hung Redis tries. */
  private HttpResponse<String> call(String token) {
    return Agent.post(
        proxy.uri(Agent.CHAT),
        "{\"model\":\"gpt-4o-mini\",\"max_tokens\":300,\"messages\":[{\"role\":\"user\",\"content\":\"len=20\"}]}",
        "authorization",
        "Bearer " + token);
  }

  private HttpResponse<String> self(String token) {
    return Agent.get(proxy.uri("/v1/self"), "authorization", "Bearer " + token);
  }

  private void awaitServed() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> call(ProxyUnderTest.TOKEN).statusCode() == 200);
  }

  private long tokensOf(String token) {
    HttpResponse<String> answer = self(token);
    if (answer.statusCode() != 200) {
      return -1;
    }
    JsonNode usage = ProxyTest.json(answer.body()).path("usage");
    return usage.path("inputTokens").asLong() + usage.path("outputTokens").asLong();
  }

  private long billed() {
    Tokens total = provider.bill().total();
    return total.totalInput() + total.output();
  }

  /** Both tokens' usage, once all has been told, is what the provider bills. */
  private void assertCountedInTheEnd() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(ledger.unacknowledged()).isZero();
              assertThat(tokensOf(ProxyUnderTest.TOKEN) + tokensOf(FREE)).isEqualTo(billed());
            });
    assertThat(tokensOf(ProxyUnderTest.TOKEN)).isPositive().isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void facts428ARedisThatHangsHangsNoRequest() throws Exception {
    assertThat(call(ProxyUnderTest.TOKEN).statusCode()).isEqualTo(200);
    redis.hang();

    HttpResponse<String> budgeted = call(ProxyUnderTest.TOKEN);
    HttpResponse<String> free = call(FREE);
    HttpResponse<String> purse = self(ProxyUnderTest.TOKEN);

    IdentityTest.refused(budgeted, 503, "ledger_unavailable");
    assertThat(budgeted.headers().firstValue("retry-after")).hasValue("1");
    assertThat(free.statusCode()).isEqualTo(200);
    IdentityTest.refused(purse, 503, "ledger_unavailable");
    redis.goOn();
    awaitServed();
    assertCountedInTheEnd();
  }

  @Test
  void facts429AValidTokenIsNeverUnknownBecauseADatabaseIsDown() throws Exception {
    assertThat(call(ProxyUnderTest.TOKEN).statusCode()).isEqualTo(200);
    redis.kill();

    HttpResponse<String> budgeted = call(ProxyUnderTest.TOKEN);
    HttpResponse<String> free = call(FREE);
    HttpResponse<String> unknown = call(UNKNOWN);

    IdentityTest.refused(budgeted, 503, "ledger_unavailable");
    assertThat(free.statusCode()).isEqualTo(200);
    IdentityTest.refused(unknown, 401, "invalid_token");
    redis.startAgain();
    awaitServed();
    assertCountedInTheEnd();
  }
}
