package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.local.LocalLedger;
import io.keyfront.testkit.FakeProvider;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settlement is no part of what a client waits for. */
class SlowSettleTest {
  private FakeProvider provider;
  private LocalLedger near;
  private UnansweringLedger ledger;
  private ProxyUnderTest proxy;

  /** Settles nothing before it is told to. */
  private static final class UnansweringLedger extends ForwardingLedger {
    private final CompletableFuture<Void> leave = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();

    UnansweringLedger(LocalLedger near) {
      super(near);
    }

    @Override
    public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
      waiting.incrementAndGet();
      return leave.thenCompose(now -> super.settle(hold, settlement));
    }
  }

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    near = LocalLedger.inMemory(Clock.systemUTC());
    ledger = new UnansweringLedger(near);
    Budget budget =
        new Budget(OptionalLong.empty(), OptionalLong.of(100_000), Window.DAY, OnLedgerLoss.DENY);
    proxy =
        ProxyUnderTest.start(
            new Snapshots()
                .limited(ProxyUnderTest.TOKEN, Limits.of(budget), "openai:*")
                .key("openai", provider.uri(), "sk-fake-provider-key")
                .build(),
            ledger);
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  @ParameterizedTest(name = "stream={0}")
  @ValueSource(booleans = {false, true})
  void aSettlementThatNobodyAnswersDelaysNoAnswer(boolean stream) {
    for (int call = 1; call <= 5; call++) {
      HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), body(stream));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains(stream ? "[DONE]" : "\"usage\"");
      int calls = call;
      Awaitility.await().until(() -> ledger.waiting.get() == calls);
    }
  }

  @Test
  void andIsCountedWhenItIsAnswered() {
    assertThat(Agent.post(proxy.uri(Agent.CHAT), body(false)).statusCode()).isEqualTo(200);
    Awaitility.await().until(() -> ledger.waiting.get() == 1);
    assertThat(near.inFlight()).isEqualTo(1);

    ledger.leave.complete(null);

    assertThat(near.inFlight()).isZero();
    assertThat(
            near.standing(AccountId.EVERYTHING)
                .toCompletableFuture()
                .join()
                .in(Window.TOTAL)
                .spent()
                .tokens())
        .isEqualTo(provider.bill().total().totalInput() + provider.bill().total().output());
  }

  private static String body(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"stream\":%s,\"max_tokens\":300,\"messages\":[{\"role\":\"user\",\"content\":\"len=20\"}]}"
        .formatted(stream);
  }
}
