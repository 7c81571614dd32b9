package io.keyfront.dataplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Window;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Limits that are edited while a call streams: it goes on, is counted, and the next obeys. */
class EditsTest extends LimitedProxyTest {
  private static final String NEXT = "kf_fake-token-that-came-by-a-rotation-000000000";
  private static final String STREAM =
      "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"max_tokens\":300,\"messages\":[{\"role\":\"user\",\"content\":\"len=40\"}]}";
  private static final String CALL = STREAM.replace("true", "false");

  @Override
  Snapshots snapshot(Limits limits) {
    return new Snapshots()
        .limited(ProxyUnderTest.TOKEN, limits, "openai:*")
        .key("openai", provider.uri(), "sk-fake-provider-key");
  }

  /** A stream that has begun, and goes on for seconds. */
  private InputStream underWay() throws IOException {
    HttpResponse<InputStream> answer =
        Agent.open(proxy.uri(Agent.CHAT), STREAM, "x-fake-fault", "slowDrip=40/50");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().read()).isPositive();
    return answer.body();
  }

  private HttpResponse<String> call() {
    return Agent.post(proxy.uri(Agent.CHAT), CALL);
  }

  private long budget(String what) {
    return self().at("/budget/tokens/" + what).asLong();
  }

  private void awaitEnd() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> self().at("/callsInFlight").asInt() == 0);
  }

  @Test
  void aLimitThatIsTakenAwayLetsTheNextCallPassWhileTheFirstStreams() throws IOException {
    limit(Limits.NONE.withConcurrency(1));
    try (InputStream first = underWay()) {
      IdentityTest.refused(call(), 429, "too_many_calls");

      limit(Limits.NONE);

      assertThat(call().statusCode()).isEqualTo(200);
      assertThat(self().at("/callsInFlight").asInt()).isEqualTo(1);
      first.readAllBytes();
    }
    awaitEnd();
    JsonNode usage = self().at("/usage");
    assertThat(usage.at("/inputTokens").asLong() + usage.at("/outputTokens").asLong())
        .isEqualTo(billed());
  }

  @Test
  void aBudgetThatIsTakenAwayAndPutBackForgetsNothing() throws IOException {
    limit(tokens(2_000, Window.DAY));
    try (InputStream first = underWay()) {
      long reserved = budget("reserved");
      assertThat(reserved).isPositive();

      limit(Limits.NONE);
      assertThat(self().at("/budget/tokens").isObject()).isFalse();
      assertThat(call().statusCode()).isEqualTo(200);
      limit(tokens(2_000, Window.DAY));

      assertThat(budget("reserved")).isEqualTo(reserved);
      first.readAllBytes();
    }
    awaitEnd();
    assertThat(budget("spent")).isEqualTo(billed());
    assertThat(budget("reserved")).isZero();
  }

  @Test
  void aWindowThatIsChangedKnowsWhatIsSpentAndHeld() throws IOException {
    limit(tokens(5_000, Window.DAY));
    assertThat(call().statusCode()).isEqualTo(200);
    awaitEnd();
    long before = billed();
    try (InputStream first = underWay()) {
      long reserved = budget("reserved");
      for (Window window : new Window[] {Window.TOTAL, Window.MONTH, Window.WEEK, Window.DAY}) {
        limit(tokens(5_000, window));
        assertThat(budget("reserved")).as("reserved in %s", window).isEqualTo(reserved);
        assertThat(budget("spent")).as("spent in %s", window).isEqualTo(before);
      }
      limit(tokens(5_000, Window.TOTAL));
      first.readAllBytes();
    }
    awaitEnd();
    assertThat(budget("spent")).isEqualTo(billed());
    limit(tokens(before, Window.MONTH));
    IdentityTest.refused(call(), 402, "budget_exhausted");
  }

  @Test
  void aBudgetThatIsLoweredBelowWhatIsHeldEndsNoStreamAndAdmitsNoOther() throws IOException {
    limit(tokens(5_000, Window.TOTAL));
    try (InputStream first = underWay()) {
      limit(tokens(1, Window.TOTAL));

      assertThat(call().statusCode()).isIn(402, 429);
      assertThat(new String(first.readAllBytes(), UTF_8)).contains("[DONE]");
    }
    awaitEnd();
    assertThat(budget("spent")).isEqualTo(billed());
    IdentityTest.refused(call(), 402, "budget_exhausted");
  }

  @Test
  void aRotatedTokenSpendsFromTheSameAccount() {
    Limits limits = tokens(2_000, Window.TOTAL);
    limit(limits);
    assertThat(call().statusCode()).isEqualTo(200);
    awaitEnd();

    proxy.use(snapshot(limits).rotated(ProxyUnderTest.TOKEN, NEXT).build());
    HttpResponse<String> answer =
        Agent.post(proxy.uri(Agent.CHAT), CALL, "authorization", "Bearer " + NEXT);

    assertThat(answer.statusCode()).isEqualTo(200);
    awaitEnd();
    assertThat(provider.bill().calls()).hasSize(2);
    assertThat(budget("spent")).isEqualTo(billed());
  }
}
